import { TASK } from '../tasks/task-entity.ts'
import type { CommandEdge, CommandRead, CommandRefusal, Draft } from './command.ts'
import type { Entity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import type { MemberRole } from '../members/member.ts'
import { nameOfMember } from './named-member.ts'
import { readTeamRules } from './read-rules.ts'
import { clockRulesOf } from '../rules/team-rules.ts'
import { isOpenTask } from '../tasks/task.ts'
import type { SystemEvent } from '../timeline/entry.ts'
import { noteDraft } from './note-draft.ts'
import { isClockOpen } from '../incidents/clocks.ts'
import { readIncident } from './incident-read.ts'
import { incidentType } from '../incidents/incident-types.ts'
import { isRunning, type IncidentLevel, type IncidentState, type IncidentStatus } from '../incidents/incident.ts'

type Incident = Entity<IncidentState>

function incidentDraft({ scope, id }: Incident, type: string, body: Draft['body']): Draft {
  return { scope, kind: 'incident', id, type, body }
}

/** The drafts that change an incident's level: with the clocks that a higher level adds, and the system note. */
export function levelDrafts(read: CommandRead, incident: Incident, to: IncidentLevel, reason: string, edge: CommandEdge): Draft[] {
  const { level, type, clocks } = incident.state
  const apologyDue = clocks.some((clock) => clock.id === 'apology') || incidentType(type).apologyUsual
  const rules = clockRulesOf(readTeamRules(read), to, type, apologyDue)
  return [
    incidentDraft(incident, 'incident.change-level', { from: level, to, reason, clocks: rules }),
    noteDraft(incident.id, edge.uuid(), edge.now, 'level-changed', { from: level, to, reason }, [0]),
  ]
}

/** Changes the level of an incident. */
export function changeLevel(
  read: CommandRead,
  { incidentId, to, reason }: { incidentId: string; to: IncidentLevel; reason: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const incident = readIncident(read, incidentId)
  return incident ? levelDrafts(read, incident, to, reason, edge) : refuse('not-found')
}

/** Hands the command over to a member, or (`memberId` null) to a person identified only by name. */
export function handOver(
  read: CommandRead,
  { incidentId, memberId, name, summary }: { incidentId: string; memberId: string | null; name: string; summary: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const incident = readIncident(read, incidentId)
  if (!incident) return refuse('not-found')
  const { commander, commanderPerson } = incident.state
  const from = commanderPerson ?? nameOfMember(read, commander)
  const to = memberId === null ? name : nameOfMember(read, memberId)
  return [
    incidentDraft(incident, 'incident.hand-over', { from: commander, to: memberId, name, summary }),
    noteDraft(incidentId, edge.uuid(), edge.now, 'command-handed-over', { from, to, summary }, [0]),
  ]
}

/** Moves an incident to another status, and notes what is still open. */
export function setStatus(
  read: CommandRead,
  { incidentId, to, reason }: { incidentId: string; to: IncidentStatus; reason: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const incident = readIncident(read, incidentId)
  if (!incident) return refuse('not-found')
  const { status: from, mode, clocks } = incident.state
  const status = incidentDraft(incident, 'incident.set-status', { from, to, reason })
  // The timeline of a historical incident holds what happened then, not when it was entered here.
  if (mode === 'historical') return [status]
  const openTasks = read.all(TASK, incident.scope).filter(({ state }) => isOpenTask(state)).length
  const params = { from, to, reason, clocks: clocks.filter(isClockOpen).length, tasks: openTasks }
  const note = (after?: readonly number[]) => noteDraft(incidentId, edge.uuid(), edge.now, 'status-changed', params, after)
  // A closed incident takes no more entries, so the note of the closing precedes the closing.
  return to === 'closed' ? [note(), { ...status, after: [0] }] : [status, note([0])]
}

/** Records whether a sign of the evolution path was seen. */
export function markSign(
  read: CommandRead,
  { incidentId, sign, seen }: { incidentId: string; sign: string; seen: boolean },
): Draft[] | CommandRefusal {
  const incident = readIncident(read, incidentId)
  return incident ? [incidentDraft(incident, 'incident.mark-sign', { sign, seen })] : refuse('not-found')
}

/** An op on an incident with its system note, which is left out for a closed incident. */
function notedAct(
  read: CommandRead,
  incidentId: string,
  act: { type: string; body: Draft['body'] },
  note: { code: SystemEvent['code']; params: SystemEvent['params'] },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const incident = readIncident(read, incidentId)
  if (!incident) return refuse('not-found')
  const draft = incidentDraft(incident, act.type, act.body)
  return isRunning(incident.state) ? [draft, noteDraft(incidentId, edge.uuid(), edge.now, note.code, note.params, [0])] : [draft]
}

/** Grants a member the authority of a role (OR-12) until a time in milliseconds since 1970. */
export function grantAuthority(
  read: CommandRead,
  { incidentId, ...body }: { incidentId: string; memberId: string; as: MemberRole; until: number; reason: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const { memberId, as: role, until, reason } = body
  const params = { name: nameOfMember(read, memberId), role, until, reason }
  return notedAct(read, incidentId, { type: 'incident.grant-authority', body }, { code: 'authority-granted', params }, edge)
}

/** Revokes temporary authority before its end. */
export function endAuthority(
  read: CommandRead,
  { incidentId, ...body }: { incidentId: string; memberId: string; as: MemberRole },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const params = { name: nameOfMember(read, body.memberId), role: body.as }
  return notedAct(read, incidentId, { type: 'incident.end-authority', body }, { code: 'authority-ended', params }, edge)
}

/** Restricts reading an incident to the named members, or (`members` null) opens it to the whole team. */
export function restrictIncident(
  read: CommandRead,
  { incidentId, members }: { incidentId: string; members: readonly string[] | null },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  return members === null
    ? notedAct(read, incidentId, { type: 'incident.unrestrict', body: {} }, { code: 'unrestricted', params: {} }, edge)
    : notedAct(
        read,
        incidentId,
        { type: 'incident.restrict', body: { members } },
        { code: 'restricted', params: { count: new Set(members).size } },
        edge,
      )
}
