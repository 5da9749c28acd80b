import { Uuid } from '#domain/log/ids.ts'
import { expect, test } from 'vitest'
import { LoggedUuid } from '#domain/log/ids.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import { WORDING } from '#domain/wording/wording-entity.ts'
import { bulletinNode, HEAD, inShort, planText, publishRevision, textId, withdrawRevision } from '#tests/support/bulletin-team.ts'
import { MAX_OP_LENGTH } from '#domain/log/op.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, idOf, opText } from '#tests/support/log-texts.ts'
import { openNodes } from './open-log.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GROUP = Uuid.parse(idOf(0xe1))
const toGroup: Delivery = { groups: [LoggedUuid.parse(GROUP)], urgency: 'urgent', confirmWithin: 10 }

async function openTeam() {
  const clock = createFakeClock()
  const [hub] = await openNodes('sqlite', 1, clock)
  if (!hub) throw new Error('no node')
  const one = bulletinNode(hub, clock)
  await one.begin()
  const body = { name: '自营组', vendor: null, team: '', skill: '', channel: null, language: null, leads: [] }
  await one.submit(ANN, opText({ type: 'agent-group.create', kind: 'agent-group', id: GROUP, body }))
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      clock.advance(MINUTE)
      await one.timers.fireDue()
    }
  }
  const live = async (n: number) => WORDING.as(await hub.log.readEntity('wording', textId(n)))?.state.live
  return { one, pass, live }
}

test('what a bulletin publishes goes to those who had the version before, as urgently, also after it was withdrawn', async () => {
  const { one, pass, live } = await openTeam()
  for (const n of [1, 2, 3]) await one.approved(n)
  await one.submit(ANN, publishRevision(1, 1, { delivery: toGroup }), publishRevision(2, 1, { delivery: toGroup }))
  await one.submit(ANN, publishRevision(3, 1, { delivery: toGroup, from: TWO_AT_NIGHT + 9 * HOUR }))
  await one.submit(ANN, withdrawRevision(2, 1), withdrawRevision(3, 1))
  for (const n of [1, 2, 3]) await one.approved(n, 2)
  await one.approved(4)
  await pass(60)
  for (const n of [1, 2, 3]) expect(await live(n)).toMatchObject({ number: 2, delivery: toGroup })
  expect(await live(4)).toMatchObject({ delivery: { groups: [], urgency: 'normal', confirmWithin: null } })
})

test('a bulletin does not end a release that begins later; the newer version is named as left out', async () => {
  const { one, pass, live } = await openTeam()
  await one.approved(1)
  await one.submit(ANN, publishRevision(1, 1, { from: TWO_AT_NIGHT + 90 * MINUTE }))
  await one.approved(1, 2)
  await pass(60)
  const [first] = await one.bulletins()
  expect(first?.items).toEqual([])
  expect(first?.left).toMatchObject([{ title: '话术1', number: 2, why: 'scheduled' }])
  expect(await live(1)).toMatchObject({ number: 1, from: TWO_AT_NIGHT + 90 * MINUTE })
  await pass(60)
  expect(inShort(await one.bulletins())[1]).toEqual([2, 120, 'on-time', '话术1/2 changed pushed'])
})

test('a bulletin full of characters that take more room in JSON stays within the size of an op; the rest follows', async () => {
  const { one, pass } = await openTeam()
  const quoted = { title: '"'.repeat(120), core: '"'.repeat(300) }
  for (let n = 1; n <= 60; n++) await one.approved(n, 1, quoted)
  const reason = '"'.repeat(300)
  for (let n = 41; n <= 60; n++) await one.submit(HEAD, planText('hold', { wordingId: textId(n), reason }))
  await pass(120)
  const issued = await one.bulletins()
  for (const bulletin of issued) expect(JSON.stringify(bulletin).length).toBeLessThan(MAX_OP_LENGTH - 1000)
  expect(issued[0]?.items.length).toBeGreaterThan(25)
  expect(issued.flatMap(({ items }) => items)).toHaveLength(40)
})

test('a bulletin tells what is in use: not what was withdrawn before it began, what has expired, or what begins later', async () => {
  const { one, pass } = await openTeam()
  for (const n of [1, 2, 3]) await one.approved(n)
  await one.submit(ANN, publishRevision(1, 1, { from: TWO_AT_NIGHT + 30 * MINUTE }), withdrawRevision(1, 1))
  await one.submit(ANN, publishRevision(2, 1, { until: TWO_AT_NIGHT + 30 * MINUTE }))
  await one.submit(ANN, publishRevision(3, 1))
  await one.approved(3, 2)
  await one.submit(ANN, publishRevision(3, 2, { from: TWO_AT_NIGHT + 90 * MINUTE }))
  await pass(180)
  expect(inShort(await one.bulletins()).map(([, , , items]) => items)).toEqual(['话术3/1 new', '话术3/2 changed', ''])
})
