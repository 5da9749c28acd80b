import { BULLETIN, BULLETIN_PLAN } from '../bulletins/bulletin-entity.ts'
import { isAstray, LATE_MS, nextSlot, RECKONED_FROM, slotAfter, slotsUntil } from '../bulletins/bulletin-slots.ts'
import {
  BULLETIN_LIMITS,
  bulletinId,
  markOf,
  type BulletinIssue,
  type BulletinMark,
  type BulletinPlanState,
} from '../bulletins/bulletin.ts'
import { compileBulletin, type Compiled, type Push } from '../bulletins/compile-bulletin.ts'
import type { EntityReader } from '../define-entity.ts'
import { findOpType } from '../features.ts'
import { followersOf } from '../incidents/followers.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import { isLive, type IncidentState } from '../incidents/incident.ts'
import { limited } from '../limited-text.ts'
import { derivedId } from '../log/derived-id.ts'
import type { Entity } from '../log/entity.ts'
import { HUB_ACTOR } from '../log/ids.ts'
import { makeHlc } from '../log/hybrid-clock.ts'
import type { Op } from '../log/op.ts'
import { MEMBER } from '../members/member-entity.ts'
import { momentsOfKind, type HubActs, type HubNotice, type HubOp, type MomentFacts } from '../notices/moment.ts'
import { noteText } from '../timeline/system-notes.ts'
import type { SystemEvent } from '../timeline/entry.ts'
import { textHash } from '../wording/content.ts'

type Plan = Entity<BulletinPlanState>

/** The level whose incidents have bulletins without anybody asking (C2-12). */
const LEVEL = 1

const asksForBulletins = (incident: IncidentState) => isLive(incident) && incident.level === LEVEL

/** A level-I incident begins its bulletins; one that a member has switched off stays off. */
export const BULLETIN_START_SOURCE = momentsOfKind(INCIDENT, {
  moments: (incident) => (asksForBulletins(incident) ? [{ rule: 'bulletin-start', about: '', dueAt: incident.declaredAt }] : []),
  acts({ id }, _moment, { read, offset }) {
    const plan = BULLETIN_PLAN.read({ read }, id)?.state
    if (plan && (plan.nextDue !== null || plan.setBy !== null)) return null
    return { ops: [{ kind: BULLETIN_PLAN.kind, id, type: 'bulletin-plan.begin', body: { offset } }], notices: [] }
  },
})

/**
 * Judges a publication of the hub as one of a member, apart from who may publish.
 * @returns a code, or null
 */
export function refusesPush(from: EntityReader, scope: string, now: number) {
  return ({ wordingId, body }: Push): string | null => {
    const op: Op = {
      opId: HUB_ACTOR,
      scope: scope as Op['scope'],
      replicaId: HUB_ACTOR,
      counter: 1,
      entity: { kind: 'wording', id: wordingId },
      type: PUBLISH.type,
      version: PUBLISH.version,
      body,
      hlc: makeHlc(now, 0),
      baseSeq: 0,
    }
    const context = { actorId: HUB_ACTOR, actor: null, now, admission: null, read: from.read }
    const refusal = findOpType(PUBLISH.type, PUBLISH.version)?.judge(context, from.read('wording', wordingId), op, () => null)
    return refusal?.code ?? null
  }
}

const PUBLISH = { type: 'wording.publish', version: 2 } as const

/** A note in the timeline; its id is derived, because a bulletin is noted once. */
function noteOf(bulletin: string, at: number, event: SystemEvent): HubOp {
  const body = { kind: 'system', text: noteText(event).trim(), happenedAt: at, event }
  return { kind: 'entry', id: derivedId(['bulletin-note', bulletin], textHash), type: 'entry.record', body }
}

/** Bulletins that are written together: in what order, and what becomes of the plan. */
type Run = { acts: HubOp[]; notices: HubNotice[]; number: number; previousId: string | null }

function head(members: readonly string[], read: MomentFacts['read']): string[] {
  return members.filter((id) => {
    const member = MEMBER.read({ read }, id)?.state
    return member?.role === 'call-center' && !member.vendor && member.status === 'active'
  })
}

/** Adds a bulletin, unless it exists already: then its hour is done. */
function addBulletin(
  run: Run,
  { state, scope, id: incidentId }: Plan,
  occasion: { slot: number | null; mark: BulletinMark; request: BulletinPlanState['request']; nextDue: number | null },
  facts: MomentFacts,
): { id: string; content: Compiled; isNew: boolean } {
  const { slot, mark, request, nextDue } = occasion
  const { read, recordedAt: at } = facts
  const id = bulletinId(incidentId, slot ?? request?.id ?? '', state.reckoned)
  const isNew = BULLETIN.read({ read }, id) === undefined
  const isMissed = mark === 'missed'
  const none: Compiled = { items: [], left: [], pushes: [] }
  const given = { wordings: facts.wordings, scope, plan: state, at }
  const content = isMissed || !isNew ? none : compileBulletin({ read }, given, refusesPush({ read }, scope, at))
  const { items, left, pushes } = content
  for (const { wordingId, body } of pushes) run.acts.push({ kind: 'wording', id: wordingId, ...PUBLISH, body })
  if (isNew) {
    run.number += 1
    const requestedBy = request?.by ?? null
    const body = { number: run.number, slot, mark, items, left, previousId: run.previousId, requestedBy }
    run.acts.push({ kind: BULLETIN.kind, id, type: 'bulletin.issue', body: body satisfies Record<keyof BulletinIssue, unknown> })
    run.previousId = id
    const titles = items.map(({ title }) => title)
    if (isMissed) run.acts.push(noteOf(id, slot ?? at, { code: 'bulletin-missed', params: { number: run.number, slot: slot ?? at } }))
    // That nothing changed is in the list of bulletins, and would hide the rest of a timeline.
    else if (items.length > 0)
      run.acts.push(
        noteOf(id, at, {
          code: 'bulletin-issued',
          params: { number: run.number, count: items.length, titles: limited(titles.join('、'), 400).trim() },
        }),
      )
  }
  const told = Object.fromEntries(items.map((item) => [item.wordingId, markOf(item)]))
  const advance = { number: run.number, bulletinId: run.previousId ?? id, nextDue, told, request: request?.id ?? null }
  run.acts.push({ kind: BULLETIN_PLAN.kind, id: incidentId, type: 'bulletin-plan.advance', body: advance })
  return { id, content, isNew }
}

/**
 * The end of a plan that the incident no longer asks for. Hours that had come before it was closed, or its level fell, are marked as
 * missed: nothing goes out for them any more, but no hour is left without an answer.
 */
function endPlan(plan: Plan, facts: MomentFacts, run: Run): void {
  const { state, id } = plan
  const { nextDue } = state
  // Nobody knows since when: then no hour is called missed that perhaps nobody wanted.
  const end = facts.changedAt ?? 0
  const slots =
    nextDue === null || end < nextDue ? [] : slotsUntil({ ...state, nextDue }, Math.min(end, facts.now), BULLETIN_LIMITS.missedAtOnce)
  const added = slots.map((slot) => addBulletin(run, plan, { slot, mark: 'missed', request: null, nextDue: nextSlot(state, slot) }, facts))
  const last = added.at(-1)
  if (last) tell(run, facts, { ...last, missed: added.filter(({ isNew }) => isNew).length, late: 0 })
  // The rest of a long gap is written when the plan is due again, which is at once.
  if (slots.length < BULLETIN_LIMITS.missedAtOnce) run.acts.push({ kind: BULLETIN_PLAN.kind, id, type: 'bulletin-plan.rest', body: {} })
}

/** A plan whose next bulletin lies hours ahead, because the hub's clock was ahead when it was set. */
function reckon({ id, state }: Plan, { now }: MomentFacts, run: Run): void {
  const nextDue = slotAfter(now, state.cadence, state.offset)
  run.acts.push({ kind: BULLETIN_PLAN.kind, id, type: 'bulletin-plan.reckon', body: { nextDue } })
}

/** The bulletin that a member wants now; the hour of the clock keeps its own. */
function sendNow(plan: Plan, facts: MomentFacts, run: Run): void {
  const { request, nextDue } = plan.state
  if (!request) return
  const { id, content } = addBulletin(run, plan, { slot: null, mark: 'out-of-turn', request, nextDue }, facts)
  tell(run, facts, { id, content, missed: 0, late: 0 })
}

/**
 * The bulletins of all hours that have come: those before the latest were missed, and the latest goes out now. After a long
 * time only a number of them is written at once; the rest follows when the plan is due again, which is at once.
 */
function issueDue(plan: Plan, facts: MomentFacts, run: Run): void {
  const { state } = plan
  const { nextDue: due } = state
  if (due === null) return
  // Switched off since: only what was due by then.
  const end = state.on ? facts.now : Math.max(due, Math.min(facts.now, state.setAt))
  const slots = slotsUntil({ ...state, nextDue: due }, end, BULLETIN_LIMITS.missedAtOnce)
  const goesOn = nextSlot(state, slots.at(-1) ?? end) <= end
  let missed = 0
  for (const [index, slot] of slots.entries()) {
    const isLast = index === slots.length - 1 && !goesOn
    const late = facts.now - slot
    const mark = !isLast ? 'missed' : late > LATE_MS ? 'late' : 'on-time'
    const nextDue = state.on || !isLast ? nextSlot(state, slot) : null
    const { id, content, isNew } = addBulletin(run, plan, { slot, mark, request: null, nextDue }, facts)
    if (mark === 'missed' && isNew) missed += 1
    if (index === slots.length - 1) tell(run, facts, { id, content, missed, late: mark === 'late' ? late : 0 })
  }
}

/** Alarms commander and head when an hour was missed or late, and tells the followers what has changed. */
function tell(
  { notices, number }: Run,
  { incident, followers, members, read }: MomentFacts,
  { id, content, missed, late }: { id: string; content: Compiled; missed: number; late: number },
): void {
  if (incident === null) return
  const alarmed = missed > 0 || late > 0 ? [incident.commander, ...head(members, read)] : []
  const params = { number, missed, late: Math.round(late / 60_000) }
  if (alarmed.length > 0) notices.push({ rule: 'bulletin-missed', to: alarmed, params, subject: id })
  if (content.items.length === 0) return
  const to = followersOf(incident, followers).filter((member) => !alarmed.includes(member))
  notices.push({ rule: 'bulletin-out', to, params: { number, count: content.items.length }, subject: id })
}

/** The bulletins of an incident: at each slot, and at once when a member wants one. */
export const BULLETIN_SOURCE = momentsOfKind(BULLETIN_PLAN, {
  asksMembers: true,
  asksWordings: true,
  asksChange: true,
  moments: ({ nextDue, request }) => [
    ...(nextDue === null ? [] : [{ rule: 'bulletin-due' as const, about: '', dueAt: nextDue }]),
    ...(request === null ? [] : [{ rule: 'bulletin-due' as const, about: 'now', dueAt: request.at }]),
  ],
  // What a member wants now never waits for a time to come.
  isAstray: ({ nextDue, cadence }, { about, dueAt }, now) =>
    about === 'now' ? dueAt > now : isAstray(nextDue, cadence, now, RECKONED_FROM),
  acts(plan, { about, dueAt }, facts): HubActs | null {
    const { incident } = facts
    const { state } = plan
    if (incident === null) return null
    const isOver = !isLive(incident) || (state.setBy === null && !asksForBulletins(incident) && about === '')
    const run: Run = { acts: [], notices: [], number: state.last, previousId: state.lastId }
    if (isOver) endPlan(plan, facts, run)
    else if (about === 'now') sendNow(plan, facts, run)
    else if (dueAt > facts.now) reckon(plan, facts, run)
    else issueDue(plan, facts, run)
    return { ops: run.acts, notices: run.notices }
  },
})
