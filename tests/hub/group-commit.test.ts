import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createGroupCommit, type Settled } from '#hub/log/group-commit.ts'

type Job = { name: string; ops: number; length: number }

const job = (name: string, ops = 1, length = 1): Job => ({ name, ops, length })

/** Commits that end when the test says so. */
function openCommits() {
  const groups: string[][] = []
  const ends: (() => void)[] = []
  const group = createGroupCommit<Job, string>(
    { ops: 10, length: 100 },
    (one) => one,
    (jobs) => {
      groups.push(jobs.map(({ name }) => name))
      return new Promise<Settled<string>[]>((resolve) => {
        ends.push(() =>
          resolve(jobs.map(({ name }) => (name.startsWith('bad') ? { ok: false, error: new Error(name) } : { ok: true, answer: name }))),
        )
      })
    },
  )
  const end = async () => {
    ends.shift()?.()
    await nextTurn()
    await nextTurn()
  }
  return { group, groups, end }
}

test('jobs that come at the same time share a commit, and those that come during one share the next', async () => {
  const { group, groups, end } = openCommits()
  const first = [group.submit(job('a')), group.submit(job('b'))]
  await nextTurn()
  const second = [group.submit(job('c')), group.submit(job('d')), group.submit(job('e'))]
  await nextTurn()
  expect(groups).toEqual([['a', 'b']])
  await end()
  expect(await Promise.all(first)).toEqual(['a', 'b'])
  expect(groups).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ])
  await end()
  expect(await Promise.all(second)).toEqual(['c', 'd', 'e'])
})

test('a commit is bounded by ops and by length, keeps the order, and takes what is larger than both alone', async () => {
  const { group, groups, end } = openCommits()
  const jobs = [job('a', 4), job('b', 6), job('c', 1), job('long', 1, 5000), job('d', 1, 60), job('e', 1, 60)].map((one) =>
    group.submit(one),
  )
  await nextTurn()
  for (let round = 0; round < 5; round++) await end()
  expect(groups).toEqual([['a', 'b'], ['c'], ['long'], ['d'], ['e']])
  expect(await Promise.all(jobs)).toEqual(['a', 'b', 'c', 'long', 'd', 'e'])
})

test('each job is told what became of it, and a closed group answers what it had taken', async () => {
  const { group, end } = openCommits()
  const settled = Promise.allSettled([group.submit(job('good')), group.submit(job('bad one'))])
  const ended = group.close()
  await expect(group.submit(job('late'))).rejects.toThrow('closed')
  await nextTurn()
  await end()
  await ended
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(group.close()).toBeNull()
})

test('a key that another transaction held shares commits again once a job got through to it, also if that job fails', async () => {
  const groups: string[][] = []
  let answer: 'held' | 'in the way' | 'bad' | 'well' = 'held'
  const group = createGroupCommit<Job, string>(
    { ops: 10, length: 100 },
    (one) => one,
    (jobs) => {
      groups.push(jobs.map(({ name }) => name))
      if (answer === 'held' && jobs.length > 1) return Promise.resolve('held')
      const fails = (name: string) => name.startsWith('a') && (answer === 'bad' || answer === 'in the way')
      return Promise.resolve(jobs.map(({ name }) => (fails(name) ? { ok: false, error: new Error(answer) } : { ok: true, answer: name })))
    },
    { count: 1, keysOf: ({ name }) => [name.charAt(0)], isHeld: (error) => error instanceof Error && error.message === 'in the way' },
  )
  const submitAll = async (...names: string[]) => {
    groups.length = 0
    await Promise.allSettled(names.map((name) => group.submit(job(name))))
    return groups
  }
  const once = group.submit(job('a1'))
  const other = group.submit(job('b1'))
  await nextTurn()
  answer = 'in the way'
  await Promise.allSettled([once, other])
  // The key is still held, so its job commits alone.
  expect(await submitAll('b2', 'a2')).toEqual([['b2'], ['a2']])
  answer = 'bad'
  expect(await submitAll('a3')).toEqual([['a3']])
  answer = 'well'
  expect(await submitAll('b4', 'a4')).toEqual([['b4', 'a4']])
})
