import type { IncidentView } from '#contract/incident-api.ts'
import { expect, test } from 'vitest'
import { clockAlarms, outdated } from '../../../src/renderer/app/clock-alarms.ts'

// EN-03: out-of-hours alarms; issue: "when one has 15 min left and when it runs out".

const MINUTE = 60_000
const OPENED = 1_800_000_000_000

function incident(dueAt: number, part: Partial<IncidentView> = {}): IncidentView {
  return {
    id: 'a',
    title: '空气净化器起火视频',
    type: 'product-problem',
    level: 1,
    stage: 'platform-spread',
    known: '',
    mode: 'real',
    status: 'open',
    declaredAt: 0,
    declaredBy: 'm',
    declaredByName: '林舟',
    commander: 'm',
    commanderName: '林舟',
    commanderPerson: null,
    signs: [],
    restrictedTo: null,
    authorities: [],
    clocks: [{ id: 'response', limitMs: MINUTE, dueAt, met: null }],
    entryCount: 0,
    lastEntryAt: null,
    pending: false,
    ...part,
  }
}

const kinds = (one: IncidentView, now: number) => clockAlarms([one], OPENED, now).map(({ kind }) => kind)

test('a clock is announced from 15 minutes before it runs out, and again when it has', () => {
  const one = incident(OPENED + 60 * MINUTE)
  expect(kinds(one, OPENED + 45 * MINUTE - 1)).toEqual([])
  expect(kinds(one, OPENED + 45 * MINUTE)).toEqual(['soon'])
  expect(kinds(one, OPENED + 60 * MINUTE)).toEqual(['late'])
})

test('an alarm keeps its key while it stands, so that it is told once', () => {
  const one = incident(OPENED + 10 * MINUTE)
  const [first] = clockAlarms([one], OPENED, OPENED)
  const [later] = clockAlarms([one], OPENED, OPENED + MINUTE)
  expect(later?.key).toBe(first?.key)
  expect(clockAlarms([one], OPENED, OPENED + 11 * MINUTE)[0]?.key).not.toBe(first?.key)
})

test('what ran out before the app was opened, was met, or belongs to a closed incident is silent; a contained one still counts', () => {
  const late = OPENED - MINUTE
  expect(kinds(incident(late), OPENED)).toEqual([])
  const soon = OPENED + MINUTE
  expect(kinds(incident(soon, { status: 'closed' }), OPENED)).toEqual([])
  expect(
    kinds(
      incident(soon, { clocks: [{ id: 'response', limitMs: MINUTE, dueAt: soon, met: { entryId: 'e', at: OPENED, by: 'm' } }] }),
      OPENED,
    ),
  ).toEqual([])
  expect(kinds(incident(soon, { status: 'contained' }), OPENED)).toEqual(['soon'])
})

test('what was said is withdrawn once it is no longer so: run out, met, stopped, closed; after reopening it is said anew', () => {
  const due = OPENED + 10 * MINUTE
  const clock = { id: 'response' as const, limitMs: MINUTE, dueAt: due, met: null }
  const standing = (now: number, part: Partial<IncidentView> = {}) => clockAlarms([incident(due, part)], OPENED, now)
  const soon = new Set(standing(OPENED).map(({ key }) => key))
  const late = new Set(standing(due).map(({ key }) => key))
  expect(outdated(soon, standing(OPENED + MINUTE))).toEqual([])
  expect(outdated(soon, standing(due))).toEqual([...soon])
  expect(outdated(late, standing(due + 90 * MINUTE))).toEqual([])
  expect(outdated(late, standing(due, { status: 'closed' }))).toEqual([...late])
  expect(outdated(late, standing(due, { clocks: [{ ...clock, met: { entryId: 'e', at: due + 1, by: 'm' } }] }))).toEqual([...late])
  expect(outdated(late, standing(due, { clocks: [{ ...clock, stopped: { reason: '误报', at: due, by: 'm' } }] }))).toEqual([...late])
  expect(standing(due).map(({ key }) => key)).toEqual([...late])
})
