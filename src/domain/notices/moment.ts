import type { ReadKind } from '../define-entity.ts'
import type { FollowersState } from '../incidents/followers.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import type { NoticeMade, NoticeRule, SubjectKind } from './notice.ts'

/** The rules of notices that a time causes, not an op. */
export const MOMENT_RULES = [
  'clock-soon',
  'clock-due',
  'promise-soon',
  'promise-due',
  'review-due',
  'wording-expiring',
  'reading-due',
] as const satisfies readonly NoticeRule[]
export type MomentRule = (typeof MOMENT_RULES)[number]

/** A time at which an entity causes notices, milliseconds since 1970. `about`: which part of it; empty if it is the whole. */
export type Moment = { rule: MomentRule; about: string; dueAt: number }

/** What a moment reads when it has come. */
export type MomentFacts = {
  /** Null for a text of the standing library. */
  incident: IncidentState | null
  followers: FollowersState | undefined
  /** Hub time, milliseconds since 1970. */
  now: number
  read(kind: string, id: string): Entity | undefined
  /** The ids of all members, of those who left as well; none for kinds that do not ask for them. */
  members: readonly string[]
  /** The ids of all agent groups; none for kinds that do not ask for them. */
  groups: readonly string[]
  /** How many agents have not confirmed the release of a text that is in use; null if nobody counts them. */
  unconfirmed(wordingId: string): number | null
}

/** Whom a moment is told to, and the params of the notice. The caller checks who may read it; a name may occur twice. */
export type MomentTold = { to: readonly (string | null | undefined)[]; params: NoticeMade['params'] }

/** The moments of a kind, of entities of incidents and of the team. */
type MomentDefinition<State> = {
  /** Computed from the state alone, because the timers are set in the commit that writes it. */
  moments(state: State): readonly Moment[]
  /** @returns null when nobody is told any more */
  told(entity: Entity<State>, moment: Moment, facts: MomentFacts): MomentTold | null
  /** Whether {@link MomentFacts.members} is read. */
  asksMembers?: boolean
  /** Whether {@link MomentFacts.groups} is read. */
  asksGroups?: boolean
}

/** The moments of a kind, with its state type erased so that all fit in one table. */
export type MomentSource = {
  kind: SubjectKind
  asksMembers: boolean
  asksGroups: boolean
  moments(entity: Entity): readonly Moment[]
  told(entity: Entity, moment: Moment, facts: MomentFacts): MomentTold | null
}

/** Declares the moments of a kind. */
export function momentsOfKind<State>(
  of: ReadKind<State> & { kind: SubjectKind },
  { moments, told, asksMembers = false, asksGroups = false }: MomentDefinition<State>,
): MomentSource {
  return {
    kind: of.kind,
    asksMembers,
    asksGroups,
    moments(entity) {
      const typed = of.as(entity)
      return typed ? moments(typed.state) : []
    },
    told(entity, moment, facts) {
      const typed = of.as(entity)
      return typed ? told(typed, moment, facts) : null
    },
  }
}
