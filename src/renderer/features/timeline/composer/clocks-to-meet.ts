import { isClockOpen, type ClockId, type ClockState } from '#domain/incidents/clocks.ts'
import type { WritableKind } from './entry-draft.ts'

/** Which clocks a kind of entry can meet, and whether it does by default. Kinds that are not listed meet none. */
const MEETS: Partial<Record<WritableKind, Partial<Record<ClockId, boolean>>>> = {
  statement: { 'first-statement': true, 'public-response': true, response: false, apology: false },
  action: { response: false, 'public-response': false, handling: false },
  decision: { response: false, handling: false },
}

/** The clocks offered for an entry: the open ones that its kind can meet, and those already chosen. Ordered by due time. */
export function clocksToOffer(clocks: readonly ClockState[], kind: WritableKind, chosen: readonly ClockId[]): ClockId[] {
  const fits = MEETS[kind] ?? {}
  return clocks.flatMap((clock) => (isClockOpen(clock) && (clock.id in fits || chosen.includes(clock.id)) ? [clock.id] : []))
}

/** The open clocks that a kind of entry meets by default. */
export function clocksUsuallyMet(clocks: readonly ClockState[], kind: WritableKind): ClockId[] {
  return clocks.flatMap((clock) => (isClockOpen(clock) && MEETS[kind]?.[clock.id] === true ? [clock.id] : []))
}
