import { expect, onTestFinished, test } from 'vitest'
import { LinkRefused } from '#contract/hub-link.ts'
import { ANN, BEN, declareText, idOf, INCIDENT_SCOPE, joinText, opText, REPLICA_ONE } from '#tests/support/log-texts.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const entry = (n: number, counter: number, replicaId = REPLICA_ONE) =>
  opText({
    type: 'entry.record',
    kind: 'entry',
    id: idOf(0x500 + n),
    counter,
    replicaId,
    body: { kind: 'observation', text: `第 ${n} 条`, happenedAt: TWO_AT_NIGHT },
  })

async function openTeam(folder = makeTempFolder('clones', 'quick')) {
  const hub = await openTeamHub(folder, createFakeClock().now)
  onTestFinished(() => hub.close())
  const ann = hub.link(ANN)
  return { hub, ann, folder }
}

const seqOf = async (link: Awaited<ReturnType<typeof openTeam>>['ann']) => (await link.pull(INCIDENT_SCOPE, 0, 100)).records.length

test('a device that says something new under a number it has passed is a copy of another: nothing of what it sent is taken in', async () => {
  const { ann } = await openTeam()
  await ann.push([joinText(ANN, '安', 'commander'), declareText(undefined, { level: 2 })])
  const first = entry(1, 10_000)
  await ann.push([first])
  await expect(ann.push([entry(2, 10_000)])).rejects.toEqual(new LinkRefused('cloned'))
  await expect(ann.push([entry(3, 9_999)])).rejects.toEqual(new LinkRefused('cloned'))
  // The new op before it in the same batch is not recorded either.
  await expect(ann.push([entry(4, 10_001), entry(5, 10_001)])).rejects.toEqual(new LinkRefused('cloned'))
  expect(await seqOf(ann)).toBe(2)
  // An op that was pushed before may be pushed again, and the same ops pass under another identity.
  expect((await ann.push([first])).records[0]?.seq).toBe(2)
  await ann.push([entry(2, 1, idOf(0x999)), entry(4, 2, idOf(0x999))])
  expect(await seqOf(ann)).toBe(4)
})

test('the numbers are kept across a restart of the hub, and nobody can spend those of somebody else', async () => {
  const folder = makeTempFolder('clones', 'quick')
  const first = await openTeamHub(folder, createFakeClock().now)
  await first.link(ANN).push([joinText(ANN, '安', 'commander'), declareText(undefined, { level: 2 }), entry(1, 10_000)])
  await first.close()
  const { hub, ann } = await openTeam(folder)
  await expect(ann.push([entry(2, 10_000)])).rejects.toEqual(new LinkRefused('cloned'))
  const ben = hub.link(BEN, { kind: 'invited', role: 'pr' })
  // 本 claims to write from 安's device, with a counter far ahead of hers.
  await ben.push([joinText(BEN, '本'), entry(3, 1_000_000)])
  await ann.push([entry(4, 10_001)])
  expect(await seqOf(ann)).toBe(4)
})

test('a copy among others that arrive at the same time takes nobody along', async () => {
  const { hub, ann } = await openTeam()
  await ann.push([joinText(ANN, '安', 'commander'), declareText(undefined, { level: 2 })])
  await ann.push([entry(1, 10_000)])
  const ben = hub.link(BEN, { kind: 'invited', role: 'pr' })
  await ben.push([joinText(BEN, '本')])
  const [copy, other] = await Promise.allSettled([ann.push([entry(2, 10_000)]), ben.push([entry(3, 10_000, idOf(0x998))])])
  expect(copy).toEqual({ status: 'rejected', reason: new LinkRefused('cloned') })
  expect(other?.status).toBe('fulfilled')
})
