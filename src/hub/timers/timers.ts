import { setImmediate as nextTurn } from 'node:timers/promises'
import { isHeld, isOutage, isRace } from '../database/database-failure.ts'
import type { Hub } from '../log/hub.ts'
import { claimAstray, claimTimers, releaseTimers, type ClaimedTimer } from './claim-timers.ts'
import { findAstray } from './find-astray.ts'
import { fireTimer, type FireEdge, type Fired } from './fire-timer.ts'
import { settleTimers } from './settle-timers.ts'

/** Interval between checks for due timers, milliseconds. */
export const LOOK_FOR_DUE_MS = 1000

/**
 * How long timers wait after the log went back to an older state, milliseconds. Devices offer again what the log lacks, among it that a
 * clock was met; a connected device retries at least twice a minute.
 */
export const REOFFER_MS = 5 * 60_000

/** Interval between searches for timers that a wrong clock has set, milliseconds by the hub's clock. */
const ASTRAY_MS = 60_000

export type TimersEdge = Pick<FireEdge, 'now' | 'sha256' | 'offset' | 'unconfirmed'> & {
  /** Called with what a timer has written, once it is durable. */
  onFired(fired: Fired): void
  /** Called with how late a timer fired, seconds. */
  onDelay(seconds: number): void
}

/**
 * The timers of a hub: set by the log in its own transactions, fired by the first node that claims them, with effect exactly once.
 * If that node dies, other nodes take its timers when the claim expires.
 */
export type Timers = {
  /** Sets the timers of data from versions without timers. */
  settle(): Promise<void>
  /**
   * Fires all due timers in order; one call at a time, and none after {@link Timers.close}. A timer that fails does not keep others
   * from firing.
   * @throws at the end, what the first of those that failed has thrown
   */
  fireDue(): Promise<void>
  close(): void
}

/** A timer that could not be fired, for a reason of its own. */
type Failed = { timer: ClaimedTimer; error: unknown }

export function createTimers({ database, log, unreadable, instance, epochs }: Hub, edge: TimersEdge): Timers {
  let closed = false
  let running: Promise<void> | null = null
  let searchedAt: number | null = null

  /** A disk failure in a commit of timers stops the log as one in a commit of its own does. */
  async function stopping<Value>(commit: () => Promise<Value>): Promise<Value> {
    try {
      return await commit()
    } catch (error) {
      log.noteFailure(error)
      throw error
    }
  }

  /** Whether the log may still lack acts that devices have. The first epoch begins with nothing that could be lacking. */
  async function awaitsDevices(): Promise<boolean> {
    const latest = await epochs.latest()
    if (!latest || latest.number === 1) return false
    const since = edge.now() - latest.begun_at
    // If the clock was set back since, nobody knows how long it has been.
    return since >= 0 && since < REOFFER_MS
  }

  /** Claims timers that are due; now and then, and whenever the clock was set back, also those that are astray. */
  async function claimDue(): Promise<ClaimedTimer[]> {
    const now = edge.now()
    if (searchedAt === null || now < searchedAt || now - searchedAt >= ASTRAY_MS) {
      const found = await findAstray(database, unreadable, now)
      if (found.length > 0) return stopping(() => claimAstray(database, instance, now, found))
      searchedAt = now
    }
    return stopping(() => claimTimers(database, instance, now))
  }

  /** Runs in its own turn of the event loop, so that transactions of several connections to one file never overlap, see `sqliteDialect`. */
  async function fireClaimed(failed: Failed[]): Promise<boolean> {
    if (await awaitsDevices()) return false
    await nextTurn()
    if (closed) return false
    const claimed = await claimDue()
    for (const [index, timer] of claimed.entries()) {
      try {
        await nextTurn()
        const fired = closed ? null : await stopping(() => fireTimer(database, { ...edge, unreadable }, timer))
        if (!fired) continue
        edge.onDelay(Math.max(0, edge.now() - timer.due_at) / 1000)
        if (fired.records.length > 0) edge.onFired(fired)
      } catch (error) {
        if (log.hasFailed()) throw error
        // Stays claimed until the others have had their turn.
        if (!isRace(error) && !isHeld(error) && !isOutage(error)) {
          failed.push({ timer, error })
          continue
        }
        // A timer that cannot be released becomes free when its claim expires.
        await stopping(() => releaseTimers(database, claimed.slice(index))).catch(() => undefined)
        if (isRace(error) || isHeld(error)) return false
        throw error
      }
    }
    return claimed.length > 0
  }

  async function fireAll(): Promise<void> {
    const failed: Failed[] = []
    try {
      // After a disk failure it is unknown what is on disk, and nothing more is written.
      while (!closed && !log.hasFailed() && (await fireClaimed(failed))) continue
    } finally {
      const timers = failed.map(({ timer }) => timer)
      if (!log.hasFailed()) await stopping(() => releaseTimers(database, timers)).catch(() => undefined)
    }
    const [first] = failed
    if (first) throw first.error
  }

  return {
    settle: () => settleTimers(database, unreadable),
    fireDue(): Promise<void> {
      running ??= fireAll().finally(() => {
        running = null
      })
      return running
    },
    close(): void {
      closed = true
    },
  }
}
