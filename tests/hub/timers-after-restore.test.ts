import { describe, expect, test } from 'vitest'
import { incidentScope, privateScope } from '#domain/log/ids.ts'
import type { Op } from '#domain/log/op.ts'
import type { Hub } from '#hub/open-hub.ts'
import { createTimers, REOFFER_MS } from '#hub/timers/timers.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, declareText, entryText, idOf, INCIDENT, joinText, opText, sha256 } from '#tests/support/log-texts.ts'
import { ENGINES, openNodes, titleOf } from './open-log.ts'

const HOUR = 3_600_000
const ENTRY = idOf(0x77)

async function told(hub: Hub): Promise<string[]> {
  const records = await hub.log.readAfter(ANN, privateScope(ANN), 0, 100)
  return records.map(({ bytes }) => {
    const { body } = JSON.parse(bytes) as Op
    return `${String(body['rule'])} ${(body['params'] as { clock?: string }).clock ?? ''}`
  })
}

describe.each(ENGINES)('$engine', ({ engine, missing }) => {
  test.skipIf(missing !== null)(
    titleOf('P12: after the restore of a backup, timers wait until devices have offered again what the log lacks', missing),
    async () => {
      const clock = createFakeClock()
      const [hub] = await openNodes(engine, 1, clock)
      if (!hub) throw new Error('no node')
      await hub.epochs.settle()
      const timers = createTimers(hub, { now: clock.now, sha256, onFired: () => undefined, onDelay: () => undefined })
      const submit = async (...texts: string[]) => {
        const { records } = await hub.log.submit(texts, { memberId: ANN, admission: null })
        expect(records.every(({ outcome }) => outcome.kind === 'accepted')).toBe(true)
      }
      await submit(joinText(ANN, '安', 'commander'), declareText(INCIDENT, { level: 2 }), entryText(ENTRY, '首次声明已发'))
      // The log is that of a backup: only a device still knows that the response clock was met in time.
      clock.advance(6 * HOUR)
      await hub.epochs.begin('restored')
      await timers.fireDue()
      clock.advance(REOFFER_MS - 1)
      await timers.fireDue()
      expect(await told(hub)).toEqual([])
      const met = { clock: 'response', entryId: ENTRY, metAt: TWO_AT_NIGHT }
      await submit(opText({ type: 'incident.meet-clock', kind: 'incident', id: INCIDENT, scope: incidentScope(INCIDENT), body: met }))
      clock.advance(1)
      await timers.fireDue()
      expect(await told(hub)).toEqual(['clock-due public-response', 'clock-due first-statement'])
    },
  )

  test.skipIf(missing !== null)(titleOf('a clock that was set back since the restore holds up no timer', missing), async () => {
    const clock = createFakeClock()
    const [hub] = await openNodes(engine, 1, clock)
    if (!hub) throw new Error('no node')
    await hub.epochs.settle()
    const timers = createTimers(hub, { now: clock.now, sha256, onFired: () => undefined, onDelay: () => undefined })
    await hub.log.submit([joinText(ANN, '安', 'commander'), declareText(INCIDENT, { level: 2 })], { memberId: ANN, admission: null })
    clock.advance(24 * HOUR)
    await hub.epochs.begin('restored')
    clock.set(TWO_AT_NIGHT + HOUR)
    await timers.fireDue()
    expect(await told(hub)).toEqual(['clock-due response'])
  })
})
