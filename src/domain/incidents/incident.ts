import { z } from 'zod'
import { IncidentLevel } from './incident-level.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { MemberRole } from '../members/member.ts'
import { ClockRules, type ClockEnd, type ClockState } from './clocks.ts'
import { INCIDENT_TYPE_IDS, type IncidentTypeId } from './incident-types.ts'

export { IncidentLevel }

/** The five-step evolution path (EV-01): 初始投诉→平台扩散→意见领袖关注→媒体报道→全网热点. */
export const STAGES = ['initial-complaint', 'platform-spread', 'opinion-leaders', 'media-report', 'whole-web'] as const
export const Stage = z.enum(STAGES)
export type Stage = z.infer<typeof Stage>

export const IncidentType = z.enum(INCIDENT_TYPE_IDS)

/**
 * A drill is an incident marked as such everywhere, and excluded from statistics. A historical incident is over and serves
 * as a comparison: no clock runs, no one is notified, and it is listed separately from live incidents.
 */
export const IncidentMode = z.enum(['real', 'drill', 'historical'])
/** Modes of live incidents. */
export const LiveMode = IncidentMode.exclude(['historical'])
export type IncidentMode = z.infer<typeof IncidentMode>

export const IncidentTitle = z.string().trim().min(1).max(120)
export const KnownFacts = z.string().trim().max(8000)

/** Ids of the members who may read a restricted incident. */
export const RestrictedTo = z.array(LoggedUuid).min(1).max(200)

/** The content of a declaration; the form and the command line ask for the same fields. */
export const Declaration = z.strictObject({
  title: IncidentTitle,
  type: IncidentType,
  level: IncidentLevel,
  stage: Stage,
  known: KnownFacts,
  mode: LiveMode,
  /** When the declaration was made, by the author's clock, milliseconds since 1970: the start of the clocks. */
  declaredAt: z.int().min(0),
  /** Limits fixed at declaration; an open incident keeps them. */
  clocks: ClockRules,
  /** Restricted to these members from the start; the author is always included. */
  restrictedTo: RestrictedTo.optional(),
})
export type Declaration = z.infer<typeof Declaration>

/** Declaration of a historical incident: `declaredAt` is when it began, and it has no clocks. */
export const HistoricalDeclaration = Declaration.omit({ clocks: true }).extend({ mode: z.literal('historical') })
export type HistoricalDeclaration = z.infer<typeof HistoricalDeclaration>

/** Sorts real incidents before drills regardless of other criteria, so that a drill never hides a real crisis. */
export function realFirst(a: { mode: IncidentMode }, b: { mode: IncidentMode }): number {
  return Number(a.mode === 'drill') - Number(b.mode === 'drill')
}

/** The status of an incident. Contained: it no longer grows; resolved: the cause is fixed; closed: the record is complete. */
export const INCIDENT_STATUSES = ['open', 'contained', 'resolved', 'closed'] as const
export const IncidentStatus = z.enum(INCIDENT_STATUSES)
export type IncidentStatus = z.infer<typeof IncidentStatus>

/** True until an incident is closed: its clocks run and work continues. */
export function isRunning(incident: { status: IncidentStatus }): boolean {
  return incident.status !== 'closed'
}

/** True for live incidents: they have open work and appear in the rail and on the wall. */
export function isLive(incident: { status: IncidentStatus; mode: IncidentMode }): boolean {
  return isRunning(incident) && incident.mode !== 'historical'
}

/** Whether and since when the clocks of an incident are stopped. */
export function endOfClocks(incident: { status: IncidentStatus; closedAt?: number | undefined }): ClockEnd {
  return isRunning(incident) ? null : { at: incident.closedAt ?? null }
}

/** Temporary authority of a member in one incident (OR-12): the role, until a time in milliseconds since 1970. */
export type GrantedAuthority = {
  memberId: string
  as: MemberRole
  until: number
  reason: string
  by: string
  at: number
  /** Granted in a restricted incident: its holder may read it until the authority ends. Omitted elsewhere. */
  reads?: true
}

export type IncidentState = {
  title: string
  type: IncidentTypeId
  level: IncidentLevel
  stage: Stage
  known: string
  mode: IncidentMode
  status: IncidentStatus
  declaredAt: number
  declaredBy: string
  /** Member id of the commander; with `commanderPerson`, the last member who held the command. */
  commander: string
  /** Name of the commander if that is a person without an account, else null. */
  commanderPerson: string | null
  /** Observed signs of the evolution path, by `escalation-indicators.ts` id. */
  signs: string[]
  clocks: ClockState[]
  /** Ids of the only members who may read it, including its author and its commander; null if the whole team may. */
  restrictedTo: string[] | null
  authorities: GrantedAuthority[]
}
