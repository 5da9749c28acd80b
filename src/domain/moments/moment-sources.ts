import type { EntityKind } from '../entity-kinds.ts'
import { SubjectKind, type NoticeRule } from '../notices/notice.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope, isNoticedScope, type Uuid } from '../log/ids.ts'
import { PROMISE_MOMENT_SOURCE } from './promise-moments.ts'
import { REVIEW_MOMENT_SOURCE, WORDING_MOMENT_SOURCE } from './wording-moments.ts'
import { BULLETIN_SOURCE, BULLETIN_START_SOURCE } from './bulletin-moments.ts'
import { CLOCK_MOMENT_SOURCE } from './clock-moments.ts'
import { isNoticeMoment, type HubActs, type Moment, type MomentFacts, type MomentSource } from '../notices/moment.ts'
import type { DueNotice } from '../notices/notice.ts'

/** Every kind with its moments; `null` for kinds that no time concerns. The hub sets its timers by this list. */
const SOURCES: { readonly [Kind in EntityKind]: MomentSource | readonly MomentSource[] | null } = {
  member: null,
  incident: [CLOCK_MOMENT_SOURCE, BULLETIN_START_SOURCE],
  followers: null,
  entry: null,
  import: null,
  series: null,
  points: null,
  task: null,
  plan: null,
  assignment: null,
  assessment: null,
  'dismissed-suggestion': null,
  rules: null,
  contact: null,
  wording: WORDING_MOMENT_SOURCE,
  revision: REVIEW_MOMENT_SOURCE,
  'wording-draft': null,
  'wording-values': null,
  'draft-note': null,
  promise: PROMISE_MOMENT_SOURCE,
  bulletin: null,
  'bulletin-plan': BULLETIN_SOURCE,
  'agent-group': null,
  notice: null,
  reveal: null,
}

const BY_KIND: ReadonlyMap<string, readonly MomentSource[]> = new Map(
  Object.entries(SOURCES).flatMap(([kind, source]): [string, readonly MomentSource[]][] => (source ? [[kind, [source].flat()]] : [])),
)

const sourcesOf = (kind: string): readonly MomentSource[] => BY_KIND.get(kind) ?? []

/** The kinds that have moments. */
export const MOMENT_KINDS: readonly string[] = [...BY_KIND.keys()]

/** Whether the moments of a kind are told to members who are found by their role. */
export function asksMembers(kind: string): boolean {
  return sourcesOf(kind).some((source) => source.asksMembers)
}

/** Whether the moments of a kind read the texts of the incident. */
export function asksWordings(kind: string): boolean {
  return sourcesOf(kind).some((source) => source.asksWordings)
}

/** Whether the moments of a kind are told to the leads of agent groups. */
export function asksGroups(kind: string): boolean {
  return sourcesOf(kind).some((source) => source.asksGroups)
}

/** Whether the moments of a kind read when their incident changed. */
export function asksChange(kind: string): boolean {
  return sourcesOf(kind).some((source) => source.asksChange)
}

/** The moments of an entity, in the order of its sources. Entities outside of an incident have none: a notice is about an incident. */
export function momentsOf(entity: Entity): readonly Moment[] {
  return !isNoticedScope(entity.scope) ? [] : sourcesOf(entity.kind).flatMap((source) => source.moments(entity))
}

const isSame = (a: Moment, b: Moment) => a.rule === b.rule && a.about === b.about && a.dueAt === b.dueAt

/** Whether a moment of an entity is one that a wrong clock has set too far ahead. */
export function isMomentAstray(entity: Entity, moment: Moment, now: number): boolean {
  return sourcesOf(entity.kind).some((source) => source.isAstray(entity, moment, now))
}

/** The source of a moment that has come, or is astray; undefined if the entity, as it is now, no longer has that moment. */
function sourceOf(entity: Entity, moment: Moment, now: number): MomentSource | undefined {
  if (!isNoticedScope(entity.scope) || (moment.dueAt > now && !isMomentAstray(entity, moment, now))) return undefined
  return sourcesOf(entity.kind).find((source) => source.moments(entity).some((one) => isSame(one, moment)))
}

type Told = { to: readonly (string | null | undefined)[]; rule: NoticeRule; params: DueNotice['content']['params']; subject: string }

function dueNotices(entity: Entity, kind: string, told: Told, cause: Uuid): DueNotice[] {
  const incidentId = incidentOfScope(entity.scope)
  const subject = SubjectKind.safeParse(kind).data
  if (subject === undefined) return []
  const { rule, params } = told
  const recipients = new Set(told.to.filter((member): member is string => Boolean(member)))
  return [...recipients].map((recipient) => ({
    recipient,
    content: {
      rule,
      incidentId: incidentId as DueNotice['content']['incidentId'],
      subject: { kind: subject, id: told.subject },
      cause,
      params,
    },
  }))
}

/**
 * The notices of a moment that has come: none if the entity, as it is now, no longer has that moment.
 * @param cause identifies the moment, see `momentId`
 * @returns a notice per recipient; the caller checks whether they may read it
 */
export function momentNotices(entity: Entity, moment: Moment, cause: Uuid, facts: MomentFacts): DueNotice[] {
  const told = isNoticeMoment(moment) ? sourceOf(entity, moment, facts.now)?.told(entity, moment, facts) : null
  return told && isNoticeMoment(moment) ? dueNotices(entity, entity.kind, { ...told, rule: moment.rule, subject: entity.id }, cause) : []
}

const NO_ACTS: HubActs = { ops: [], notices: [] }

/** What the hub writes at a moment that has come, in this order; nothing if the entity no longer has that moment. */
export function momentActs(entity: Entity, moment: Moment, facts: MomentFacts): HubActs {
  return sourceOf(entity, moment, facts.now)?.acts(entity, moment, facts) ?? NO_ACTS
}

/** The notices of the acts of the hub, which are about bulletins. */
export function actNotices(entity: Entity, { notices }: HubActs, cause: Uuid): DueNotice[] {
  return notices.flatMap((told) => dueNotices(entity, 'bulletin', told, cause))
}
