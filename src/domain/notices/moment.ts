import type { ReadKind } from '../define-entity.ts'
import type { FollowersState } from '../incidents/followers.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import type { NoticeMade, NoticeRule } from './notice.ts'

/** The rules of notices that a time causes, not an op. */
const NOTICE_MOMENTS = [
  'clock-soon',
  'clock-due',
  'promise-soon',
  'promise-due',
  'review-due',
  'wording-expiring',
  'reading-due',
] as const satisfies readonly NoticeRule[]
/** What may be due: a notice, or an act of the hub. */
export const MOMENT_RULES = [...NOTICE_MOMENTS, 'bulletin-start', 'bulletin-due'] as const
export type MomentRule = (typeof MOMENT_RULES)[number]
/** A moment of which members are told by the rule of the same name. */
export type NoticeMoment = Moment & { rule: (typeof NOTICE_MOMENTS)[number] }

export function isNoticeMoment(moment: Moment): moment is NoticeMoment {
  return NOTICE_MOMENTS.some((rule) => rule === moment.rule)
}

/** A time at which an entity causes notices or acts of the hub, milliseconds since 1970. `about`: which part of it; empty if it is the whole. */
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
  /** The ids of the texts of the incident; none for kinds that do not ask for them. */
  wordings: readonly string[]
  /** What an op of the hub is recorded with: hub time, but never before the last record of the scope. */
  recordedAt: number
  /** Minutes east of Greenwich where the hub is. */
  offset: number
  /** The ids of all agent groups; none for kinds that do not ask for them. */
  groups: readonly string[]
  /** When level or status of the incident changed last, by hub time; null if never, or for kinds that do not ask for it. */
  changedAt: number | null
  /** How many agents have not confirmed the release of a text that is in use; null if nobody counts them. */
  unconfirmed(wordingId: string): number | null
}

/** An op that the hub writes itself, in the scope of the moment. */
export type HubOp = { kind: string; id: string; type: string; version?: number; body: Record<string, unknown> }
/** A notice of an act of the hub. */
export type HubNotice = MomentTold & { rule: NoticeRule; subject: string }
/** What the hub does at a moment. */
export type HubActs = { ops: readonly HubOp[]; notices: readonly HubNotice[] }

/** Whom a moment is told to, and the params of the notice. The caller checks who may read it; a name may occur twice. */
export type MomentTold = { to: readonly (string | null | undefined)[]; params: NoticeMade['params'] }

/** The moments of a kind, of entities of incidents and of the team. */
type MomentDefinition<State> = {
  /** Computed from the state alone, because the timers are set in the commit that writes it. */
  moments(state: State): readonly Moment[]
  /** @returns null when nobody is told any more */
  told?(entity: Entity<State>, moment: NoticeMoment, facts: MomentFacts): MomentTold | null
  /** Acts of the hub, written in the transaction in which the moment fires. */
  acts?(entity: Entity<State>, moment: Moment, facts: MomentFacts): HubActs | null
  /** Whether a moment lies further ahead than the source ever sets one, because the hub's clock was ahead: it acts at once. */
  isAstray?(state: State, moment: Moment, now: number): boolean
  /** Whether {@link MomentFacts.members} is read, and {@link MomentFacts.wordings}. */
  asksMembers?: boolean
  asksWordings?: boolean
  /** Whether {@link MomentFacts.groups} is read, and {@link MomentFacts.changedAt}. */
  asksGroups?: boolean
  asksChange?: boolean
}

/** The moments of a kind, with its state type erased so that all fit in one table. */
export type MomentSource = {
  kind: string
  asksMembers: boolean
  asksWordings: boolean
  asksGroups: boolean
  asksChange: boolean
  moments(entity: Entity): readonly Moment[]
  isAstray(entity: Entity, moment: Moment, now: number): boolean
  told(entity: Entity, moment: NoticeMoment, facts: MomentFacts): MomentTold | null
  acts(entity: Entity, moment: Moment, facts: MomentFacts): HubActs | null
}

/** Declares the moments of a kind. */
export function momentsOfKind<State>(
  of: ReadKind<State>,
  {
    moments,
    told,
    acts,
    isAstray,
    asksMembers = false,
    asksWordings = false,
    asksGroups = false,
    asksChange = false,
  }: MomentDefinition<State>,
): MomentSource {
  return {
    kind: of.kind,
    asksMembers,
    asksWordings,
    asksGroups,
    asksChange,
    moments(entity) {
      const typed = of.as(entity)
      return typed ? moments(typed.state) : []
    },
    isAstray(entity, moment, now) {
      const typed = of.as(entity)
      return typed !== null && typed !== undefined && (isAstray?.(typed.state, moment, now) ?? false)
    },
    told(entity, moment, facts) {
      const typed = of.as(entity)
      return typed ? (told?.(typed, moment, facts) ?? null) : null
    },
    acts(entity, moment, facts) {
      const typed = of.as(entity)
      return typed ? (acts?.(typed, moment, facts) ?? null) : null
    },
  }
}
