import { MINUTE } from '../durations.ts'
import { isClockOpen, type ClockId, type ClockState } from './clocks.ts'
import { isLive, type IncidentState } from './incident.ts'

/** How long before its due time a clock is announced, milliseconds. */
export const CLOCK_SOON_MS = 15 * MINUTE

/** A moment at which a clock causes a notice, milliseconds since 1970. */
type DueTime = { rule: 'clock-soon' | 'clock-due'; about: ClockId; dueAt: number }

/**
 * The moments at which the clocks of an incident cause notices, in order. Only open clocks of a live incident have any: met
 * or stopped clocks and closed incidents have none.
 */
export function dueTimes(incident: Pick<IncidentState, 'status' | 'mode'> & { clocks: readonly ClockState[] }): DueTime[] {
  if (!isLive(incident)) return []
  return incident.clocks
    .filter(isClockOpen)
    .flatMap(({ id, dueAt }): DueTime[] => [
      { rule: 'clock-soon', about: id, dueAt: dueAt - CLOCK_SOON_MS },
      { rule: 'clock-due', about: id, dueAt },
    ])
    .toSorted((a, b) => a.dueAt - b.dueAt)
}
