import { z } from 'zod'
import type { Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { ClockRules, startClocks } from './clocks.ts'
import { INCIDENT } from './incident-entity.ts'
import { IncidentLevel, IncidentStatus, type IncidentState } from './incident.ts'
import { INDICATOR_IDS } from './escalation-indicators.ts'

const Reason = z.string().trim().min(1).max(1000)

/** `from` is the level the author saw; `clocks` are the limits of the new level: clocks that are not running yet start now. */
export const IncidentChangeLevel = z.strictObject({ from: IncidentLevel, to: IncidentLevel, reason: Reason, clocks: ClockRules })
/** The commander as the author saw it. Only compared, never stored: old logs may hold ids in a format that is no longer issued. */
const SeenCommander = z.string().min(1).max(80)
/** To a member, or to a person identified only by name; the summary lists open points. */
export const IncidentHandOver = z.strictObject({
  from: SeenCommander,
  to: LoggedUuid.nullable(),
  name: z.string().trim().min(1).max(40),
  summary: z.string().trim().min(1).max(4000),
})
export const IncidentSetStatus = z.strictObject({ from: IncidentStatus, to: IncidentStatus, reason: Reason })
export const IncidentMarkSign = z.strictObject({ sign: z.string().refine((id) => INDICATOR_IDS.includes(id)), seen: z.boolean() })

type Incident = Entity<IncidentState>

/** Allowed status changes, by current status. Going back always leads to `open`: reopening keeps the whole history. */
export const STATUS_PATHS: Record<IncidentStatus, readonly IncidentStatus[]> = {
  open: ['contained', 'resolved', 'closed'],
  contained: ['open', 'resolved', 'closed'],
  resolved: ['open', 'closed'],
  closed: ['open'],
}

export const INCIDENT_COMMAND_OPS = [
  INCIDENT.op('incident.change-level', {
    version: 1,
    body: IncidentChangeLevel,
    action: 'incident.change-level',
    expects: { from: 'level' },
    notifies: {
      may: () => true,
      calls: ({ from, to }, { followers }) => [{ to: followers(), rule: 'level-changed', params: { from, to } }],
    },
    webhook: 'incident.level-changed',
    decide: (_context, incident, body) => {
      if (incident?.state.level !== body.from) return refuse('changed-meanwhile', { field: 'level', now: incident?.state.level ?? 0 })
      return body.from === body.to ? refuse('nothing-changes') : null
    },
    // Running clocks keep the limits that they started with; a higher level adds missing clocks.
    fold: (incident, body, applied) => {
      if (!incident) return undefined
      const running = new Set(incident.state.clocks.map((clock) => clock.id))
      const added = (incident.state.mode === 'historical' ? [] : startClocks(body.clocks, applied.recordedAt)).filter(
        (clock) => !running.has(clock.id),
      )
      const clocks = [...incident.state.clocks, ...added].toSorted((a, b) => a.dueAt - b.dueAt)
      return { ...incident, state: { ...incident.state, level: body.to, clocks } }
    },
  }),
  INCIDENT.op('incident.hand-over', {
    version: 1,
    body: IncidentHandOver,
    action: 'incident.hand-over',
    expects: { from: 'commander' },
    notifies: {
      may: () => true,
      calls: ({ to }, { followers }) => [
        { to: [to], rule: 'command-given' },
        { to: followers(), rule: 'commander-changed' },
      ],
    },
    webhook: 'incident.command-handed-over',
    decide: (context, incident, body) => {
      if (incident?.state.commander !== body.from)
        return refuse('changed-meanwhile', { field: 'commander', now: incident?.state.commander ?? '' })
      if (body.to === null) return null
      const heir = MEMBER.read(context, body.to)
      if (!heir) return refuse('not-found')
      return heir.state.vendor ? refuse('vendor-commands') : null
    },
    fold: (incident, body) => {
      if (!incident) return undefined
      const commander = body.to ?? incident.state.commander
      const { restrictedTo } = incident.state
      const readers = restrictedTo && [...new Set([...restrictedTo, commander])]
      return {
        ...incident,
        state: { ...incident.state, commander, commanderPerson: body.to === null ? body.name : null, restrictedTo: readers },
      }
    },
  }),
  INCIDENT.op('incident.set-status', {
    version: 1,
    body: IncidentSetStatus,
    action: 'incident.set-status',
    expects: { from: 'status' },
    notifies: {
      may: () => true,
      calls: ({ from, to }, { followers }) => [{ to: followers(), rule: 'status-changed', params: { from, to } }],
    },
    webhook: 'incident.status-changed',
    decide: (_context, incident, body) => {
      if (!incident) return refuse('not-found')
      if (incident.state.status !== body.from) return refuse('changed-meanwhile', { field: 'status', now: incident.state.status })
      return STATUS_PATHS[body.from].includes(body.to) ? null : refuse('status-not-reachable', { from: body.from, to: body.to })
    },
    fold: (incident, body): Incident | undefined => (incident ? { ...incident, state: { ...incident.state, status: body.to } } : undefined),
  }),
  INCIDENT.op('incident.mark-sign', {
    version: 1,
    body: IncidentMarkSign,
    action: 'incident.mark-sign',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, incident) => (incident ? null : refuse('not-found')),
    fold: (incident, body) => {
      if (!incident) return undefined
      const others = incident.state.signs.filter((sign) => sign !== body.sign)
      return { ...incident, state: { ...incident.state, signs: body.seen ? [...others, body.sign] : others } }
    },
  }),
]
