import type { Action } from '#domain/permissions/matrix.ts'
import { idOf } from './log-texts.ts'

/** The action that each op of bulletins needs; only the hub writes those without one. */
export const BULLETIN_ACTIONS = {
  'bulletin-plan.set': 'bulletin.manage',
  'bulletin-plan.hold': 'bulletin.manage',
  'bulletin-plan.release': 'bulletin.manage',
  'bulletin-plan.reorder': 'bulletin.manage',
  'bulletin-plan.send-now': 'bulletin.manage',
  'bulletin-plan.begin': 'admission',
  'bulletin-plan.rest': 'admission',
  'bulletin-plan.reckon': 'admission',
  'bulletin-plan.advance': 'admission',
  'bulletin.issue': 'admission',
} as const satisfies Record<string, Action | 'admission'>

/** A valid body of each. */
export const BULLETIN_BODIES: Record<keyof typeof BULLETIN_ACTIONS, Record<string, unknown>> = {
  'bulletin-plan.set': { on: true, cadence: 30, offset: 330 },
  'bulletin-plan.hold': { wordingId: idOf(9), reason: '等产品确认' },
  'bulletin-plan.release': { wordingId: idOf(9) },
  'bulletin-plan.reorder': { order: [idOf(9)] },
  'bulletin-plan.send-now': {},
  'bulletin-plan.begin': { offset: 0 },
  'bulletin-plan.rest': {},
  'bulletin-plan.reckon': { nextDue: 0 },
  'bulletin-plan.advance': { number: 1, bulletinId: idOf(9), nextDue: 0, told: { [idOf(9)]: 'x' }, request: null },
  'bulletin.issue': {
    number: 1,
    slot: 0,
    mark: 'on-time',
    items: [
      {
        wordingId: idOf(9),
        revisionId: idOf(9),
        number: 1,
        hash: 'a'.repeat(64),
        kind: 'script',
        title: '致歉',
        change: 'new',
        summary: '',
        from: null,
        at: 0,
        pushed: true,
      },
    ],
    left: [],
    previousId: null,
    requestedBy: null,
  },
}
