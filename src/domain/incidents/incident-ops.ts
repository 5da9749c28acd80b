import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, writeField, type Applied, type Entity } from '../log/entity.ts'
import { incidentScope, LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { ENTRY } from '../timeline/entry-entity.ts'
import { ClockId, isClockOpen, startClocks, type ClockRules, type ClockState } from './clocks.ts'
import { INCIDENT } from './incident-entity.ts'
import {
  Declaration,
  HistoricalDeclaration,
  IncidentTitle,
  IncidentType,
  KnownFacts,
  Stage,
  type IncidentMode,
  type IncidentState,
} from './incident.ts'

export const IncidentRevise = z.strictObject({
  title: IncidentTitle.optional(),
  known: KnownFacts.optional(),
  type: IncidentType.optional(),
  stage: Stage.optional(),
})
/** `metAt` repeats when the named entry happened, as its author saw it; the hub accepts only a time that it can confirm. */
export const IncidentMeetClock = z.strictObject({ clock: ClockId, entryId: LoggedUuid, metAt: z.int() })
/** The clock does not apply: it is neither met nor missed. */
export const IncidentStopClock = z.strictObject({ clock: ClockId, reason: z.string().trim().min(1).max(500) })
export const IncidentReopenClock = z.strictObject({ clock: ClockId, reason: z.string().trim().min(1).max(500) })

type Incident = Entity<IncidentState>

function withClock(incident: Incident, clock: ClockId, change: (clock: ClockState) => ClockState): Incident {
  const clocks = incident.state.clocks.map((one) => (one.id === clock ? change(one) : one))
  return { ...incident, state: { ...incident.state, clocks } }
}

function mayDeclare(
  context: DecisionContext,
  incident: Incident | undefined,
  body: Pick<Declaration, 'restrictedTo'>,
  op: Op,
): Refusal | null {
  if (incident) return refuse('already-exists')
  if (body.restrictedTo?.some((id) => !MEMBER.read(context, id))) return refuse('not-found')
  return op.scope === incidentScope(op.entity.id) ? null : refuse('wrong-scope')
}

function declared(
  op: Op,
  body: Omit<Declaration, 'clocks' | 'mode'> & { mode: IncidentMode },
  clocks: ClockRules,
  applied: Applied,
): Incident {
  // An author's clock that is ahead must not give an incident more time.
  const declaredAt = Math.min(body.declaredAt, applied.recordedAt)
  const { title, type, level, stage, known, mode } = body
  return createEntity<IncidentState>(op, {
    title,
    type,
    level,
    stage,
    known,
    mode,
    status: 'open',
    declaredAt,
    declaredBy: applied.actor,
    commander: applied.actor,
    commanderPerson: null,
    signs: [],
    clocks: startClocks(clocks, declaredAt),
    restrictedTo: body.restrictedTo ? [...new Set([applied.actor, ...body.restrictedTo])] : null,
    authorities: [],
  })
}

export const INCIDENT_OPS = [
  INCIDENT.op('incident.declare', {
    version: 1,
    body: Declaration,
    action: 'incident.declare',
    expects: null,
    notifies: null,
    webhook: 'incident.declared',
    decide: mayDeclare,
    fold: (incident, body, applied, op) => incident ?? declared(op, body, body.clocks, applied),
  }),
  // A separate version, because an app that does not know historical incidents must park it instead of showing it as live.
  INCIDENT.op('incident.declare', {
    version: 2,
    body: HistoricalDeclaration,
    action: 'incident.declare',
    expects: null,
    notifies: null,
    webhook: null,
    decide: mayDeclare,
    fold: (incident, body, applied, op) => incident ?? declared(op, body, {}, applied),
  }),
  INCIDENT.op('incident.revise', {
    version: 1,
    body: IncidentRevise,
    action: 'incident.revise',
    expects: null,
    notifies: {
      may: ({ stage }) => stage !== undefined,
      calls: ({ stage }, { incident, followers }) =>
        stage === undefined || !incident || stage === incident.stage
          ? []
          : [{ to: followers(), rule: 'stage-changed', params: { from: incident.stage, to: stage } }],
    },
    webhook: 'incident.revised',
    decide: (_context, incident) => (incident ? null : refuse('not-found')),
    fold: (incident, body, applied) => {
      if (!incident) return undefined
      let next = incident
      if (body.title !== undefined) next = writeField(next, 'title', body.title, applied)
      if (body.known !== undefined) next = writeField(next, 'known', body.known, applied)
      if (body.type !== undefined) next = writeField(next, 'type', body.type, applied)
      if (body.stage !== undefined) next = writeField(next, 'stage', body.stage, applied)
      return next
    },
  }),
  INCIDENT.op('incident.meet-clock', {
    version: 1,
    body: IncidentMeetClock,
    action: 'clock.meet',
    expects: null,
    notifies: null,
    webhook: 'clock.met',
    decide: (context, incident, body, op) => {
      const clock = incident?.state.clocks.find((one) => one.id === body.clock)
      if (!clock) return refuse('clock-unknown', { clock: body.clock })
      if (clock.met) return refuse('clock-already-met', { clock: body.clock })
      if (clock.stopped) return refuse('clock-stopped', { clock: body.clock })
      const entry = ENTRY.read(context, body.entryId)
      if (entry?.scope !== op.scope) return refuse('entry-not-in-incident')
      return entry.state.happenedAt === body.metAt ? null : refuse('entry-changed')
    },
    fold: (incident, body, applied) => {
      const clock = incident?.state.clocks.find((one) => one.id === body.clock)
      if (!incident || !clock || !isClockOpen(clock)) return incident
      return withClock(incident, body.clock, (one) => ({ ...one, met: { entryId: body.entryId, at: body.metAt, by: applied.actor } }))
    },
  }),
  INCIDENT.op('incident.reopen-clock', {
    version: 1,
    body: IncidentReopenClock,
    action: 'clock.reopen',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, incident, body) => {
      const clock = incident?.state.clocks.find((one) => one.id === body.clock)
      if (!clock) return refuse('clock-unknown', { clock: body.clock })
      return isClockOpen(clock) ? refuse('clock-not-met', { clock: body.clock }) : null
    },
    fold: (incident, body) =>
      incident ? withClock(incident, body.clock, ({ stopped: _stopped, ...clock }) => ({ ...clock, met: null })) : undefined,
  }),
  INCIDENT.op('incident.stop-clock', {
    version: 1,
    body: IncidentStopClock,
    action: 'clock.stop',
    expects: null,
    notifies: null,
    webhook: 'clock.stopped',
    decide: (_context, incident, body) => {
      const clock = incident?.state.clocks.find((one) => one.id === body.clock)
      if (!clock) return refuse('clock-unknown', { clock: body.clock })
      if (clock.met) return refuse('clock-already-met', { clock: body.clock })
      return clock.stopped ? refuse('clock-stopped', { clock: body.clock }) : null
    },
    fold: (incident, body, applied) => {
      const clock = incident?.state.clocks.find((one) => one.id === body.clock)
      if (!incident || !clock || !isClockOpen(clock)) return incident
      return withClock(incident, body.clock, (one) => ({
        ...one,
        stopped: { reason: body.reason, at: applied.recordedAt, by: applied.actor },
      }))
    },
  }),
]
