import type { Delivery } from './delivery.ts'
import type { PastRelease, Release, WordingState } from './wording.ts'

/** What is in use of a text: its release, or the withdrawal of its last one. */
export type PublishedText = { release: Release; status: 'published' | 'expired' | 'withdrawn' }

/** Whether a release that ended had begun, so that others have seen it. */
export const hadBegun = ({ from, endedAt }: PastRelease): boolean => from <= endedAt

/**
 * Whether a release has begun. One that begins at once has, also where the log's time is ahead of a clock that was corrected: no record
 * of a scope is older than the one before it.
 * @param now milliseconds since 1970
 */
export const hasBegun = ({ from, at }: Release, now: number): boolean => from <= now || from === at

type Releases = Pick<WordingState, 'live' | 'past'>

/** The release that is in use until one begins that is set for later: the last that began, unless it was withdrawn. */
export function predecessorOf(past: WordingState['past']): PastRelease | null {
  const last = past.findLast(hadBegun)
  return last?.end === 'superseded' ? last : null
}

/** A release that ended, as it was in use. */
export function asRelease({ endedAt: _at, endedBy: _by, end: _end, reason: _reason, instead: _instead, ...release }: PastRelease): Release {
  return release
}

/** How a text went out last, also if it was withdrawn since; null for one that was never published. `past`: oldest first. */
export const lastDelivery = ({ live, past }: Releases): Delivery | null => (live ?? past.at(-1))?.delivery ?? null

/**
 * The release of a text that is in use, expired or withdrawn. A release that begins later is not published yet: until then the one
 * that it replaces is in use.
 * @param now milliseconds since 1970
 * @returns null if nothing of the text is published
 */
export function publishedText({ live, past, removed }: Releases & { removed: boolean }, now: number): PublishedText | null {
  if (removed) return null
  const waits = live !== null && !hasBegun(live, now)
  const before = waits ? predecessorOf(past) : null
  const inUse = waits ? before && asRelease(before) : live
  if (inUse) return { release: inUse, status: inUse.until !== null && inUse.until <= now ? 'expired' : 'published' }
  const last = past.findLast(hadBegun)
  return last?.end === 'withdrawn' ? { release: last, status: 'withdrawn' } : null
}
