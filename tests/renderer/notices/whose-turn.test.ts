import { expect, test } from 'vitest'
import { isOurTurn, tellLooked, type Looked } from '../../../src/renderer/features/notices/whose-turn.ts'

/** The locks of one device, shared by all its windows. */
function device() {
  const held: string[] = []
  return {
    query: () => Promise.resolve({ held: held.map((name) => ({ name })) }),
    request: (async (name: string, _options: LockOptions, hold: () => Promise<void>) => {
      held.push(name)
      await hold()
      held.splice(held.indexOf(name), 1)
    }) as unknown as LockManager['request'],
  }
}

/** Which of the windows on one device would announce a notice. */
async function callers(...windows: Looked[]): Promise<number[]> {
  const locks = device()
  for (const looked of windows) tellLooked(looked, locks)
  const turns = await Promise.all(windows.map((looked) => isOurTurn(looked, locks)))
  return turns.flatMap((ours, at) => (ours ? [at] : []))
}

test('the window that has the focus calls, and none beside it', async () => {
  expect(await callers('hidden', 'at')).toEqual([1])
  expect(await callers('seen', 'at', 'hidden')).toEqual([1])
})

test('without the focus whichever is in sight calls, and out of sight any: nothing is kept back', async () => {
  expect(await callers('hidden', 'seen')).toEqual([1])
  expect(await callers('hidden', 'hidden')).toEqual([0, 1])
  expect(await callers('hidden')).toEqual([0])
})

test('a window that is left, or closed, leaves the call to the others', async () => {
  const locks = device()
  const takeBack = tellLooked('at', locks)
  expect(await isOurTurn('hidden', locks)).toBe(false)
  takeBack()
  await Promise.resolve()
  await Promise.resolve()
  expect(await isOurTurn('hidden', locks)).toBe(true)
})

test('a browser without locks calls in any window', async () => {
  expect(await isOurTurn('hidden', undefined)).toBe(true)
  expect(() => tellLooked('at', undefined)()).not.toThrow()
})
