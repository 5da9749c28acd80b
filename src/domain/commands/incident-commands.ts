import { given, type CommandEdge, type CommandRead, type CommandRefusal, type Draft } from './command.ts'
import { incidentScope } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { readTeamRules } from './read-rules.ts'
import { clockRulesOf } from '../rules/team-rules.ts'
import type { Editions } from '../texts/free-texts.ts'
import { refuseUnseen } from '../texts/unseen.ts'
import { meetDrafts, readEntry } from './entry-commands.ts'
import { noteDraft } from './note-draft.ts'
import type { ClockId, ClockRules } from '../incidents/clocks.ts'
import { readIncident } from './incident-read.ts'
import { incidentType } from '../incidents/incident-types.ts'
import type { Declaration, IncidentMode, IncidentState } from '../incidents/incident.ts'

export type NewIncident = Pick<Declaration, 'title' | 'type' | 'level' | 'stage' | 'known'> & {
  mode: IncidentMode
  /** When a historical incident began, milliseconds since 1970; required for these, not allowed for others. */
  declaredAt?: number | undefined
  /** Default: the limits of the level. */
  clocks?: ClockRules | undefined
  /** Whether a formal apology is due (C1-03); default: by type. */
  apologyDue?: boolean | undefined
  /** Only these members may read it, plus the author. */
  restrictedTo?: readonly string[] | undefined
}
type Revision = { [Field in 'title' | 'type' | 'stage' | 'known']?: IncidentState[Field] | undefined }

function incidentDraft(incidentId: string, type: string, body: Draft['body'], version?: number): Draft {
  return { scope: incidentScope(incidentId), kind: 'incident', id: incidentId, type, ...(version ? { version } : {}), body }
}

/** Declares an incident with the clocks of its level. A historical incident has no clocks and states when it began. */
export function declareIncident(
  read: CommandRead,
  { incidentId, incident }: { incidentId: string; incident: NewIncident },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const { title, type, level, stage, known, mode, restrictedTo } = incident
  const isPast = mode === 'historical'
  if (isPast ? incident.declaredAt === undefined || incident.declaredAt >= edge.now : incident.declaredAt !== undefined)
    return { code: 'bad-input', params: { detail: 'declaredAt' } }
  const declaredAt = incident.declaredAt ?? edge.now
  const apologyDue = incident.apologyDue ?? incidentType(type).apologyUsual
  const clocks = incident.clocks ?? clockRulesOf(readTeamRules(read), level, type, apologyDue)
  const body = {
    title,
    type,
    level,
    stage,
    known,
    mode,
    declaredAt,
    ...(isPast ? {} : { clocks }),
    ...(restrictedTo ? { restrictedTo } : {}),
  }
  return [
    incidentDraft(incidentId, 'incident.declare', body, isPast ? 2 : undefined),
    noteDraft(incidentId, edge.uuid(), declaredAt, 'declared', { level, stage }, [0]),
  ]
}

/** Revises title, facts and other fields of an incident; no drafts if nothing is given. */
export function reviseIncident(
  read: CommandRead,
  { incidentId, change, seen }: { incidentId: string; change: Revision; seen?: Editions | undefined },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const fields = given(change)
  if (Object.keys(fields).length === 0) return []
  const incident = readIncident(read, incidentId)
  const overtaken = refuseUnseen(incident, seen, fields)
  if (overtaken) return overtaken
  const { stage, known } = change
  const params = {
    fields: Object.keys(fields).join(', '),
    ...(stage ? { stage } : {}),
    ...(known === undefined ? {} : { known, before: incident?.state.known ?? '' }),
  }
  return [incidentDraft(incidentId, 'incident.revise', fields), noteDraft(incidentId, edge.uuid(), edge.now, 'revised', params, [0])]
}

/** Records that an entry meets these clocks. */
export function meetClocks(
  read: CommandRead,
  { incidentId, entryId, clocks }: { incidentId: string; entryId: string; clocks: readonly ClockId[] },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const entry = readEntry(read, { incidentId, entryId })
  if (!entry) return refuse('entry-not-in-incident')
  const metAt = entry.state.happenedAt
  return [...new Set(clocks)].flatMap((clock, index) => meetDrafts({ incidentId, entryId, metAt }, clock, edge, { actAt: index * 2 }))
}

/** Stops a clock that does not apply, or reopens one that was met or stopped by mistake. */
export function setClock(
  _read: CommandRead,
  { incidentId, clock, reason, to }: { incidentId: string; clock: ClockId; reason: string; to: 'stopped' | 'reopened' },
  edge: CommandEdge,
): Draft[] {
  return [
    incidentDraft(incidentId, to === 'stopped' ? 'incident.stop-clock' : 'incident.reopen-clock', { clock, reason }),
    noteDraft(incidentId, edge.uuid(), edge.now, to === 'stopped' ? 'clock-stopped' : 'clock-reopened', { clock, reason }, [0]),
  ]
}
