import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { makeOlder } from './older-file.ts'
import { slotAfter } from '#domain/bulletins/bulletin-slots.ts'
import { openHub } from '#hub/open-hub.ts'
import { verifyHub } from '#hub/verify/verify-hub.ts'
import { bulletinNode, HEAD, inShort, planText, revisionIdOf, SCOPE, textId } from '#tests/support/bulletin-team.ts'
import { createFakeClock, TWO_AT_NIGHT, type FakeClock } from '#tests/support/fake-clock.ts'
import { ANN, declareText, joinText } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { seeded } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function open(file: string, clock: FakeClock) {
  const opened = openHub(file, true, clock.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return { ...bulletinNode(opened.hub, clock), db: opened.hub.db }
}

test('a hub that dies at any step of a bulletin leaves no half of it: after the restart it goes out whole, once', async () => {
  const clock = createFakeClock()
  const file = join(makeTempFolder('bulletins-death', 'quick'), 'hub.db')
  const first = open(file, clock)
  await first.begin()
  await first.approved(1)
  await first.approved(2)
  await first.submit(HEAD, planText('reorder', { order: [textId(2)] }))
  await first.hub.close()
  clock.advance(2 * HOUR + 1000)

  let steps = 0
  for (let dies = 1; ; dies++) {
    steps = 0
    const node = open(file, clock)
    const { db } = node
    db.function('dies', () => {
      steps += 1
      if (steps === dies) throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC')
      return null
    })
    for (const table of ['record', 'entity', 'scope_head', 'timer'])
      for (const when of ['INSERT', 'UPDATE', 'DELETE'])
        for (const at of ['BEFORE', 'AFTER'])
          db.exec(`CREATE TEMP TRIGGER ${table}_${when}_${at} ${at} ${when} ON main.${table} BEGIN SELECT dies(); END`)
    const before = await node.bulletins()
    const died = await node.timers.fireDue().then(
      () => false,
      () => true,
    )
    const after = await node.bulletins()
    if (died) expect(after).toEqual(before)
    await node.hub.close()
    // Claims of the dead hub expire.
    clock.advance(10_000)
    if (!died) break
  }
  expect(steps).toBeGreaterThan(20)

  const last = open(file, clock)
  onTestFinished(() => last.hub.close())
  await last.timers.fireDue()
  expect(inShort(await last.bulletins())).toEqual([
    [1, 60, 'missed', ''],
    [2, 120, 'late', '话术2/1 new pushed, 话术1/1 new pushed'],
  ])
  const ops = (await last.opsIn(SCOPE)).map(({ op }) => `${op.type} ${op.entity.id}`)
  expect(ops.filter((op) => op.startsWith('wording.publish'))).toEqual([`wording.publish ${textId(2)}`, `wording.publish ${textId(1)}`])
  expect(await last.hub.log.readEntity('wording', textId(1))).toMatchObject({ state: { live: { revisionId: revisionIdOf(1, 1) } } })
  expect([await last.told(ANN), await last.told(HEAD)]).toEqual([['bulletin-missed'], ['bulletin-missed']])
  expect(await verifyHub(last.hub)).toMatchObject({ ok: true })
})

const anyStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ t: fc.constant('passes' as const), minutes: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 2, arbitrary: fc.record({ t: fc.constant('restart' as const), minutes: fc.integer({ min: 0, max: 300 }) }) },
  { weight: 1, arbitrary: fc.record({ t: fc.constant('set' as const), cadence: fc.constantFrom(15, 30, 60, 120) }) },
  { weight: 1, arbitrary: fc.record({ t: fc.constant('now' as const) }) },
  { weight: 1, arbitrary: fc.record({ t: fc.constant('write' as const) }) },
)

test('whatever happens, each hour has exactly one bulletin, numbers have no gaps, and each change is told once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 14 }), async (steps) => {
      const clock = createFakeClock()
      const file = join(makeTempFolder('bulletins-any', 'quick'), 'hub.db')
      let node = open(file, clock)
      await node.begin()
      let cadence: 15 | 30 | 60 | 120 = 60
      let next = slotAfter(clock.now(), cadence, 0)
      const slots: number[] = []
      let [texts, wanted] = [0, 0]
      /** The hours that have come by now. */
      const come = () => {
        for (; next <= clock.now(); next += cadence * MINUTE) slots.push(next)
      }
      for (const step of steps) {
        if (step.t === 'write') await node.approved((texts += 1))
        else if (step.t === 'now') {
          await node.submit(HEAD, planText('send-now'))
          wanted += 1
          await node.timers.fireDue()
        } else if (step.t === 'set') {
          await node.refused(HEAD, planText('set', { on: true, cadence: step.cadence, offset: 0 }))
          cadence = step.cadence as typeof cadence
          next = slotAfter(clock.now(), cadence, 0)
        } else {
          if (step.t === 'restart') await node.hub.close()
          clock.advance(step.minutes * MINUTE)
          if (step.t === 'restart') node = open(file, clock)
          await node.timers.fireDue()
          come()
        }
      }
      clock.advance(3 * HOUR)
      await node.timers.fireDue()
      come()
      const bulletins = await node.bulletins()
      expect(bulletins.flatMap(({ slot }) => slot ?? []).toSorted((a, b) => a - b)).toEqual(slots)
      expect(bulletins.map(({ number }) => number)).toEqual(bulletins.map((_one, index) => index + 1))
      expect(bulletins.map(({ previousId }) => previousId)).toEqual([null, ...bulletins.slice(0, -1).map(({ id }) => id)])
      expect(bulletins.filter(({ mark }) => mark === 'out-of-turn')).toHaveLength(wanted)
      expect(bulletins.flatMap(({ items }) => items.map(({ wordingId }) => wordingId)).toSorted()).toEqual(
        Array.from({ length: texts }, (_one, index) => textId(index + 1)).toSorted(),
      )
      expect(bulletins[0]?.issuedAt ?? TWO_AT_NIGHT).toBeGreaterThanOrEqual(TWO_AT_NIGHT)
      await node.hub.close()
    }),
    seeded(25),
  )
})

test('S12: an incident that an earlier version declared has bulletins from the update on', async () => {
  const folder = makeTempFolder('bulletins-old', 'quick')
  const file = join(folder, 'hub.db')
  const clock = createFakeClock()
  const before = open(file, clock)
  await before.submit(ANN, joinText(ANN, '安', 'commander'), declareText())
  await before.hub.close()
  const old = new Database(file)
  old.exec("DELETE FROM timer WHERE rule LIKE 'bulletin-%'")
  old.close()
  makeOlder(file, ['agent_claim'], 2)
  clock.advance(30 * MINUTE)
  const { team, hub, close } = await openTeamHub(folder, clock.now)
  onTestFinished(close)
  await team.fireDue()
  clock.advance(30 * MINUTE)
  await team.fireDue()
  expect(inShort(await bulletinNode(hub, clock).bulletins())).toEqual([[1, 60, 'on-time', '']])
})
