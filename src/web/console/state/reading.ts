import type { ConsoleGone, ConsoleState, ConsoleText } from '#contract/agent-wire.ts'
import { isSameVersion } from './console-model.ts'

/** Without a word of the hub for this long, the console says that it is offline; milliseconds. The hub speaks every 10 s. */
export const QUIET_AFTER = 25_000

/** Whether what is shown is known to be current. `since`: when it last was; `isLocked`: too long ago for urgent texts. */
export type Freshness = { isLive: true } | { isLive: false; since: number | null; isLocked: boolean }

export function freshnessOf(checkedAt: number | null, now: number, lockAfter: number): Freshness {
  if (checkedAt === null) return { isLive: false, since: null, isLocked: true }
  // A clock that was set back does not make old texts current.
  const quiet = Math.abs(now - checkedAt)
  return quiet <= QUIET_AFTER ? { isLive: true } : { isLive: false, since: checkedAt, isLocked: quiet >= lockAfter }
}

/** Whether a text that somebody reads may still be used; if not, why. */
export type Reading =
  | { kind: 'current' }
  | { kind: 'replaced'; by: ConsoleText }
  | { kind: 'gone'; gone: ConsoleGone | null }
  | { kind: 'expired'; at: number }
  /** Urgent, and the console has been offline too long to vouch for it. */
  | { kind: 'locked'; since: number | null }

/** @param shown the version on the screen. @param hubNow the hub's time, milliseconds */
export function readingOf(shown: ConsoleText, state: ConsoleState, freshness: Freshness, hubNow: number): Reading {
  const now = state.texts.find(({ id }) => id === shown.id)
  if (now === undefined) return { kind: 'gone', gone: state.gone.find(({ id }) => id === shown.id) ?? null }
  if (!isSameVersion(shown, now)) return { kind: 'replaced', by: now }
  if (now.until !== null && now.until <= hubNow) return { kind: 'expired', at: now.until }
  if (!freshness.isLive && freshness.isLocked && now.urgency === 'urgent') return { kind: 'locked', since: freshness.since }
  return { kind: 'current' }
}
