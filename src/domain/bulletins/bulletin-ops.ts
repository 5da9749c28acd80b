import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, type Applied, type Entity } from '../log/entity.ts'
import { incidentOfScope, LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { WORDING } from '../wording/wording-entity.ts'
import { BULLETIN, BULLETIN_PLAN } from './bulletin-entity.ts'
import { CADENCES, firstSlot, isAstray, OFFSETS, slotAfter } from './bulletin-slots.ts'
import { BULLETIN_LIMITS, BulletinIssue, type BulletinPlanState, type BulletinState } from './bulletin.ts'

const Time = z.int().min(0).max(4_133_980_800_000)
const Offset = z.int().min(OFFSETS.least).max(OFFSETS.most)
const Mark = z.string().max(120)

export const PlanSet = z.strictObject({ on: z.boolean(), cadence: z.literal(CADENCES), offset: Offset })
export const PlanHold = z.strictObject({ wordingId: LoggedUuid, reason: z.string().trim().min(1).max(BULLETIN_LIMITS.summary) })
export const PlanRelease = z.strictObject({ wordingId: LoggedUuid })
export const PlanOrder = z.strictObject({ order: z.array(LoggedUuid).max(BULLETIN_LIMITS.order) })
export const PlanSendNow = z.strictObject({})
/** The hub begins to run the plan, because the level of the incident asks for it. */
export const PlanBegin = z.strictObject({ offset: Offset })
/** The hub stops it, because the incident is closed or its level no longer asks for it. */
export const PlanRest = z.strictObject({})
/** The hub's clock was ahead and was corrected: the next bulletin is due at the next slot by the clock as it is now. */
export const PlanReckon = z.strictObject({ nextDue: Time })
/** The hub has written a bulletin. `told`: what it said about texts, see `markOf`. */
export const PlanAdvance = z.strictObject({
  number: z.int().min(1),
  bulletinId: LoggedUuid,
  nextDue: Time.nullable(),
  told: z.record(LoggedUuid, Mark),
  /** The request that it answers. */
  request: LoggedUuid.nullable(),
})

type Plan = Entity<BulletinPlanState>

const COMMON = { version: 1, expects: null, notifies: null, webhook: null } as const

const onlyTheHub = () => refuse('malformed', { detail: 'only the hub writes bulletins' })

const EMPTY: BulletinPlanState = {
  on: false,
  cadence: 60,
  offset: 0,
  setBy: null,
  setAt: 0,
  cadenceBefore: null,
  nextDue: null,
  request: null,
  order: [],
  holds: {},
  last: 0,
  lastId: null,
  told: {},
}

/** The plan of an incident that has none. */
export const NO_PLAN: BulletinPlanState = EMPTY

function changed(plan: Plan | undefined, op: Op, change: (state: BulletinPlanState) => Partial<BulletinPlanState>): Plan {
  const known = plan ?? createEntity<BulletinPlanState>(op, EMPTY)
  return { ...known, state: { ...known.state, ...change(known.state) } }
}

/** A bulletin that is due already goes out as planned, whatever is planned from now on. */
function dueAfter(
  { nextDue, cadence, cadenceBefore }: BulletinPlanState,
  next: Pick<BulletinPlanState, 'on' | 'cadence' | 'offset'>,
  now: number,
): Pick<BulletinPlanState, 'nextDue' | 'cadenceBefore'> {
  if (nextDue !== null && nextDue <= now) return { nextDue, cadenceBefore: cadenceBefore ?? cadence }
  return { nextDue: next.on ? slotAfter(now, next.cadence, next.offset) : null, cadenceBefore: null }
}

const isOfIncident = (op: Op): Refusal | null =>
  op.entity.id === incidentOfScope(op.scope) ? null : refuse('malformed', { detail: 'entity.id' })

function isTextHere(context: DecisionContext, op: Op, wordingId: string): Refusal | null {
  return isOfIncident(op) ?? (WORDING.read(context, wordingId)?.scope === op.scope ? null : refuse('not-found'))
}

export const BULLETIN_PLAN_OPS = [
  BULLETIN_PLAN.op('bulletin-plan.set', {
    ...COMMON,
    action: 'bulletin.manage',
    body: PlanSet,
    decide: (context, plan, { on, cadence, offset }, op) => {
      const now = plan?.state ?? EMPTY
      const isSettled = now.setBy !== null && !isAstray(now.nextDue, cadence, context.now)
      const isSame = isSettled && now.on === on && now.cadence === cadence && now.offset === offset
      return isOfIncident(op) ?? (isSame ? refuse('nothing-changes') : null)
    },
    fold: (plan, body, { actor: setBy, recordedAt: setAt }: Applied, op) =>
      changed(plan, op, (state) => ({ ...body, setBy, setAt, ...dueAfter(state, body, setAt) })),
  }),
  BULLETIN_PLAN.op('bulletin-plan.hold', {
    ...COMMON,
    action: 'bulletin.manage',
    body: PlanHold,
    decide: (context, plan, { wordingId }, op) => {
      const full = Object.keys(plan?.state.holds ?? {}).length >= BULLETIN_LIMITS.holds
      return isTextHere(context, op, wordingId) ?? (full ? refuse('too-many', { limit: BULLETIN_LIMITS.holds }) : null)
    },
    fold: (plan, { wordingId, reason }, { actor: by, recordedAt: at }, op) =>
      changed(plan, op, ({ holds }) => ({ holds: { ...holds, [wordingId]: { reason, by, at } } })),
  }),
  BULLETIN_PLAN.op('bulletin-plan.release', {
    ...COMMON,
    action: 'bulletin.manage',
    body: PlanRelease,
    decide: (_context, plan, { wordingId }) => (plan && Object.hasOwn(plan.state.holds, wordingId) ? null : refuse('not-found')),
    fold: (plan, { wordingId }, _applied, op) =>
      changed(plan, op, ({ holds }) => ({ holds: Object.fromEntries(Object.entries(holds).filter(([id]) => id !== wordingId)) })),
  }),
  BULLETIN_PLAN.op('bulletin-plan.reorder', {
    ...COMMON,
    action: 'bulletin.manage',
    body: PlanOrder,
    decide: (_context, _plan, _body, op) => isOfIncident(op),
    fold: (plan, { order }, _applied, op) => changed(plan, op, () => ({ order: [...new Set(order)] })),
  }),
  BULLETIN_PLAN.op('bulletin-plan.send-now', {
    ...COMMON,
    action: 'bulletin.manage',
    body: PlanSendNow,
    // Pressed twice, it is sent once.
    decide: (_context, plan, _body, op) => isOfIncident(op) ?? (plan?.state.request ? refuse('nothing-changes') : null),
    fold: (plan, _body, { opId: id, actor: by, recordedAt: at }, op) =>
      changed(plan, op, ({ request, nextDue, cadence, offset }) => ({
        request: request ?? { id, by, at },
        nextDue: isAstray(nextDue, cadence, at) ? slotAfter(at, cadence, offset) : nextDue,
      })),
  }),

  BULLETIN_PLAN.op('bulletin-plan.begin', {
    ...COMMON,
    action: 'admission',
    body: PlanBegin,
    decide: onlyTheHub,
    fold: (plan, { offset }, { recordedAt }, op) =>
      changed(plan, op, (state) => {
        const { cadence } = state
        const own = state.setBy === null ? offset : state.offset
        return { on: true, offset: own, nextDue: firstSlot(recordedAt, cadence, own), cadenceBefore: null }
      }),
  }),
  BULLETIN_PLAN.op('bulletin-plan.rest', {
    ...COMMON,
    action: 'admission',
    body: PlanRest,
    decide: onlyTheHub,
    fold: (plan, _body, _applied, op) =>
      changed(plan, op, () => ({ on: false, setBy: null, nextDue: null, cadenceBefore: null, request: null })),
  }),
  BULLETIN_PLAN.op('bulletin-plan.reckon', {
    ...COMMON,
    action: 'admission',
    body: PlanReckon,
    decide: onlyTheHub,
    fold: (plan, { nextDue }, _applied, op) =>
      changed(plan, op, ({ reckoned = 0 }) => ({ nextDue, cadenceBefore: null, reckoned: reckoned + 1 })),
  }),
  BULLETIN_PLAN.op('bulletin-plan.advance', {
    ...COMMON,
    action: 'admission',
    body: PlanAdvance,
    decide: onlyTheHub,
    fold: (plan, { number, bulletinId, nextDue, told, request }, _applied, op) =>
      changed(plan, op, (state) => ({
        last: number,
        lastId: bulletinId,
        nextDue,
        cadenceBefore: nextDue !== null && nextDue <= state.setAt ? (state.cadenceBefore ?? null) : null,
        told: { ...state.told, ...told },
        request: state.request?.id === request ? null : state.request,
      })),
  }),
]

export const BULLETIN_OPS = [
  BULLETIN.op('bulletin.issue', {
    ...COMMON,
    webhook: ({ mark }) => [mark === 'missed' ? 'bulletin.missed' : 'bulletin.issued'],
    action: 'admission',
    body: BulletinIssue,
    decide: onlyTheHub,
    fold: (bulletin, body, { recordedAt: issuedAt }, op) => bulletin ?? createEntity<BulletinState>(op, { ...body, issuedAt }),
  }),
]
