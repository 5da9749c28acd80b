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
 * A drill is an incident marked so everywhere it appears, and kept out of the figures. A historical one is over and is brought in to be
 * compared with: no clock runs in it, nobody is told of it, and it stands apart from what goes on now.
 */
export const IncidentMode = z.enum(['real', 'drill', 'historical'])
/** What goes on now. */
export const LiveMode = IncidentMode.exclude(['historical'])
export type IncidentMode = z.infer<typeof IncidentMode>

export const IncidentTitle = z.string().trim().min(1).max(120)
export const KnownFacts = z.string().trim().max(8000)

/** Members by id who alone may read an incident. */
export const RestrictedTo = z.array(LoggedUuid).min(1).max(200)

/** What a declaration says; also what the form and the command line ask for. */
export const Declaration = z.strictObject({
  title: IncidentTitle,
  type: IncidentType,
  level: IncidentLevel,
  stage: Stage,
  known: KnownFacts,
  mode: LiveMode,
  /** When the declaration was made, by the author's clock, milliseconds since 1970: the clocks start here. */
  declaredAt: z.int().min(0),
  /** Limits fixed at declaration; a running incident keeps them. */
  clocks: ClockRules,
  /** Named people only, from the first moment on; the author is always among them. */
  restrictedTo: RestrictedTo.optional(),
})
export type Declaration = z.infer<typeof Declaration>

/** What is said of an incident of the past: `declaredAt` is when it began, and it has no clocks. */
export const HistoricalDeclaration = Declaration.omit({ clocks: true }).extend({ mode: z.literal('historical') })
export type HistoricalDeclaration = z.infer<typeof HistoricalDeclaration>

/** Orders real incidents before drills, whatever else is to be said of them: practice never covers what burns. */
export function realFirst(a: { mode: IncidentMode }, b: { mode: IncidentMode }): number {
  return Number(a.mode === 'drill') - Number(b.mode === 'drill')
}

/** Where an incident stands in its life. Contained: it no longer grows; resolved: the matter is mended; closed: the record is complete. */
export const INCIDENT_STATUSES = ['open', 'contained', 'resolved', 'closed'] as const
export const IncidentStatus = z.enum(INCIDENT_STATUSES)
export type IncidentStatus = z.infer<typeof IncidentStatus>

/** True until an incident is closed: its clocks count and work on it goes on. */
export function isRunning(incident: { status: IncidentStatus }): boolean {
  return incident.status !== 'closed'
}

/** True of what goes on now: work waits in it, it has a place in the rail and on the wall. */
export function isLive(incident: { status: IncidentStatus; mode: IncidentMode }): boolean {
  return isRunning(incident) && incident.mode !== 'historical'
}

/** Whether and since when the clocks of an incident stand still. */
export function endOfClocks(incident: { status: IncidentStatus; closedAt?: number | undefined }): ClockEnd {
  return isRunning(incident) ? null : { at: incident.closedAt ?? null }
}

/** Temporary authority of a member in one incident (OR-12): acts as that role until then, milliseconds since 1970. */
export type GrantedAuthority = {
  memberId: string
  as: MemberRole
  until: number
  reason: string
  by: string
  at: number
  /** Given in a restricted incident: its holder reads it as long as this lasts. Left out elsewhere. */
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
  /** Member id of who commands; with `commanderPerson`, who took the command over from a person without an account. */
  commander: string
  /** Name of the commander where that is a person without an account, else null. */
  commanderPerson: string | null
  /** Signs of the evolution path that were seen, by `signs.ts` id. */
  signs: string[]
  clocks: ClockState[]
  /** Ids of the members who alone may read it, its author and its commander among them; null where the whole team may. */
  restrictedTo: string[] | null
  authorities: GrantedAuthority[]
}
