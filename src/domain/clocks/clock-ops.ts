import { z } from 'zod'
import { ClockId, isClockOpen, type ClockState } from '../incidents/clocks.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { ENTRY } from '../timeline/entry-entity.ts'

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

/** Ops on the clocks of an incident. They are apart from those of the incident because a clock is met by an entry. */
export const INCIDENT_CLOCK_OPS = [
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
