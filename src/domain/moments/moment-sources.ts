import type { EntityKind } from '../entity-kinds.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope, type Uuid } from '../log/ids.ts'
import { PROMISE_MOMENT_SOURCE } from './promise-moments.ts'
import { EXPIRY_MOMENT_SOURCE, REVIEW_MOMENT_SOURCE } from './wording-moments.ts'
import { CLOCK_MOMENT_SOURCE } from './clock-moments.ts'
import type { Moment, MomentFacts, MomentSource } from '../notices/moment.ts'
import type { DueNotice } from '../notices/notice.ts'

/** Every kind with its moments; `null` for kinds that no time concerns. The hub sets its timers by this list. */
const SOURCES: { readonly [Kind in EntityKind]: MomentSource | null } = {
  member: null,
  incident: CLOCK_MOMENT_SOURCE,
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
  wording: EXPIRY_MOMENT_SOURCE,
  revision: REVIEW_MOMENT_SOURCE,
  'wording-draft': null,
  'wording-values': null,
  'draft-note': null,
  promise: PROMISE_MOMENT_SOURCE,
  notice: null,
  reveal: null,
}

const BY_KIND: ReadonlyMap<string, MomentSource> = new Map(
  Object.values(SOURCES).flatMap((source): [string, MomentSource][] => (source ? [[source.kind, source]] : [])),
)

/** The kinds that have moments. */
export const MOMENT_KINDS: readonly string[] = [...BY_KIND.keys()]

/** Whether the moments of a kind are told to members who are found by their role. */
export function asksMembers(kind: string): boolean {
  return BY_KIND.get(kind)?.asksMembers ?? false
}

/** The moments of an entity, in the order of its source. Entities outside of an incident have none: a notice is about an incident. */
export function momentsOf(entity: Entity): readonly Moment[] {
  return incidentOfScope(entity.scope) === null ? [] : (BY_KIND.get(entity.kind)?.moments(entity) ?? [])
}

/**
 * The notices of a moment that has come: none if the entity, as it is now, no longer has that moment.
 * @param cause identifies the moment, see `momentId`
 * @returns a notice per recipient; the caller checks whether they may read it
 */
export function momentNotices(entity: Entity, moment: Moment, cause: Uuid, facts: MomentFacts): DueNotice[] {
  const { rule, about, dueAt } = moment
  const source = BY_KIND.get(entity.kind)
  const incidentId = incidentOfScope(entity.scope)
  const stands = momentsOf(entity).some((one) => one.rule === rule && one.about === about && one.dueAt === dueAt)
  if (!source || incidentId === null || !stands || dueAt > facts.now) return []
  const told = source.told(entity, moment, facts)
  const recipients = new Set((told?.to ?? []).filter((member): member is string => Boolean(member)))
  return [...recipients].map((recipient) => ({
    recipient,
    content: {
      rule,
      incidentId: incidentId as DueNotice['content']['incidentId'],
      subject: { kind: source.kind, id: entity.id },
      cause,
      params: told?.params ?? {},
    },
  }))
}
