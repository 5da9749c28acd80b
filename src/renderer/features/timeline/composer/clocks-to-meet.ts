import { isClockOpen, type ClockId, type ClockState } from '#domain/incidents/clocks.ts'
import type { WritableKind } from './entry-draft.ts'

/** Which clocks an entry of a kind can meet, and whether it usually does. A kind that is not here says something about others. */
const MEETS: Partial<Record<WritableKind, Partial<Record<ClockId, boolean>>>> = {
  statement: { 'first-statement': true, 'public-response': true, response: false, apology: false },
  action: { response: false, 'public-response': false, handling: false },
  decision: { response: false, handling: false },
}

/** The clocks that are offered with an entry: those still open that its kind can meet, and those chosen already. In the order they run out. */
export function clocksToOffer(clocks: readonly ClockState[], kind: WritableKind, chosen: readonly ClockId[]): ClockId[] {
  const fits = MEETS[kind] ?? {}
  return clocks.flatMap((clock) => (isClockOpen(clock) && (clock.id in fits || chosen.includes(clock.id)) ? [clock.id] : []))
}

/** The clocks that an entry of a kind usually meets, as far as they are open. */
export function clocksUsuallyMet(clocks: readonly ClockState[], kind: WritableKind): ClockId[] {
  return clocks.flatMap((clock) => (isClockOpen(clock) && MEETS[kind]?.[clock.id] === true ? [clock.id] : []))
}
