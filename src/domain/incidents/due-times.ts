import { isClockOpen, type ClockId, type ClockState } from './clocks.ts'
import { isLive, type IncidentState } from './incident.ts'

/** How long before it runs out a clock is announced, milliseconds. */
export const CLOCK_SOON_MS = 15 * 60_000

/** What a moment says of a clock: it runs out before long, or it has run out. */
export const CLOCK_MOMENTS = ['clock-soon', 'clock-due'] as const
export type ClockMoment = (typeof CLOCK_MOMENTS)[number]

/** A moment at which something has to be said of a clock, milliseconds since 1970. */
export type DueTime = { rule: ClockMoment; about: ClockId; dueAt: number }

/**
 * The moments at which people have to be told of an incident's clocks, in order. Only a clock that still has to be met in an
 * incident that goes on has any: one that is met or stopped, or whose incident is closed, has none.
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
