import { HOUR, MINUTE } from '../durations.ts'
import { z } from 'zod'
import type { IncidentLevel } from './incident-level.ts'

/**
 * The five clocks of an incident. They are different clocks, not one "golden time" (requirements, section 5, item 1).
 */
export const CLOCK_IDS = ['response', 'public-response', 'first-statement', 'handling', 'apology'] as const
export const ClockId = z.enum(CLOCK_IDS)
export type ClockId = z.infer<typeof ClockId>

/** Limits in milliseconds from the declaration; a missing clock does not run. */
export const ClockRules = z.partialRecord(
  ClockId,
  z
    .int()
    .min(MINUTE)
    .max(90 * 24 * HOUR),
)
export type ClockRules = z.infer<typeof ClockRules>

/**
 * Default limits by level. Level I: response 1 h (MO-07), effective public response 4 h (CS-01), first statement 6 h
 * (C2-06), handling 24 h (C1-05), formal apology 48 h if due (C1-03). MO-07 only says that speed must match the level, so
 * the response limits of levels II (2 h) and III (8 h) are our choice; level III is routine (MO-06) and needs no public
 * statement.
 */
const DEFAULT_RULES: Record<IncidentLevel, ClockRules> = {
  1: { response: HOUR, 'public-response': 4 * HOUR, 'first-statement': 6 * HOUR, handling: 24 * HOUR, apology: 48 * HOUR },
  2: { response: 2 * HOUR, 'public-response': 4 * HOUR, 'first-statement': 6 * HOUR, handling: 24 * HOUR, apology: 48 * HOUR },
  3: { response: 8 * HOUR, handling: 24 * HOUR },
}

/** The limits of a new incident. It keeps them, even if the defaults change later. */
export function defaultClockRules(level: IncidentLevel, apologyDue: boolean): ClockRules {
  const rules = { ...DEFAULT_RULES[level] }
  if (!apologyDue) delete rules.apology
  else rules.apology ??= 48 * HOUR
  return rules
}

export type ClockState = {
  id: ClockId
  limitMs: number
  dueAt: number
  met: { entryId: string; at: number; by: string } | null
  /** Set if the commander decided that this clock does not apply: the reason, since when (milliseconds since 1970), and who decided. */
  stopped?: { reason: string; at: number; by: string }
}

/** The inputs of a clock's status. */
type ClockFacts = Pick<ClockState, 'dueAt' | 'met' | 'stopped'>

/**
 * Set when the clocks of an incident are stopped because it is closed; `at` is the time, milliseconds since 1970, null if
 * unknown. Null: they run.
 */
export type ClockEnd = { at: number | null } | null

/** True while a clock must still be met. */
export function isClockOpen(clock: Pick<ClockState, 'met' | 'stopped'>): boolean {
  return clock.met === null && clock.stopped === undefined
}

/** The clocks of an incident that started at `startedAt` (milliseconds since 1970), ordered by due time. */
export function startClocks(rules: ClockRules, startedAt: number): ClockState[] {
  return CLOCK_IDS.flatMap((id) => {
    const limitMs = rules[id]
    return limitMs === undefined ? [] : [{ id, limitMs, dueAt: startedAt + limitMs, met: null }]
  }).toSorted((a, b) => a.dueAt - b.dueAt)
}

export type ClockStatus =
  | { kind: 'running'; leftMs: number }
  | { kind: 'overdue'; lateMs: number }
  | { kind: 'met'; earlyMs: number }
  | { kind: 'met-late'; lateMs: number }
  | { kind: 'stopped' }
  /** The incident was closed before it was met; `lateMs` is how overdue it was then, 0 if it was not overdue or unknown. */
  | { kind: 'unmet'; lateMs: number }

/**
 * The status of a clock at `now` (milliseconds since 1970). A clock met exactly at its due time is met.
 * @param end when the incident was closed: clocks open at that time keep their status from then on
 */
export function clockStatus(clock: ClockFacts, now: number, end: ClockEnd): ClockStatus {
  if (clock.met) {
    const earlyMs = clock.dueAt - clock.met.at
    return earlyMs >= 0 ? { kind: 'met', earlyMs } : { kind: 'met-late', lateMs: -earlyMs }
  }
  if (clock.stopped) return { kind: 'stopped' }
  if (end) return { kind: 'unmet', lateMs: end.at === null ? 0 : Math.max(0, end.at - clock.dueAt) }
  const leftMs = clock.dueAt - now
  return leftMs >= 0 ? { kind: 'running', leftMs } : { kind: 'overdue', lateMs: -leftMs }
}

/** How long a clock had run when it was met, milliseconds; null if it was met by something before its start. */
export function timeTaken(clock: Pick<ClockState, 'dueAt' | 'limitMs' | 'met'>): number | null {
  if (!clock.met) return null
  const taken = clock.met.at - (clock.dueAt - clock.limitMs)
  return taken >= 0 ? taken : null
}

/** The open clock with the earliest due time, overdue ones first, or null. */
export function nextClock<T extends ClockFacts>(clocks: readonly T[]): T | null {
  return clocks.filter(isClockOpen).reduce<T | null>((first, clock) => (first === null || clock.dueAt < first.dueAt ? clock : first), null)
}
