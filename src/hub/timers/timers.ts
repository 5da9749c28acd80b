import { setImmediate as nextTurn } from 'node:timers/promises'
import { isHeld, isRace } from '../database/database-failure.ts'
import type { Hub } from '../open-hub.ts'
import { claimTimers, releaseTimers } from './claim-timers.ts'
import { fireTimer, type FireEdge, type Fired } from './fire-timer.ts'
import { settleTimers } from './settle-timers.ts'

/** How often it is looked for what is due, milliseconds. */
export const LOOK_FOR_DUE_MS = 1000

export type TimersEdge = Pick<FireEdge, 'now' | 'sha256'> & {
  /** Told of what a timer has written, once it is durable. */
  onFired(fired: Fired): void
  /** Told how late a timer fired, seconds. */
  onDelay(seconds: number): void
}

/**
 * The timers of a hub: set by the log in its own transactions, fired by whichever node is first to claim them, once in effect.
 * One that claims and dies leaves its timers to the others when its lease has ended.
 */
export type Timers = {
  /** Sets the timers of what versions before there were any have written. */
  settle(): Promise<void>
  /** Fires everything that is due, in order; one call at a time, and none more once {@link Timers.close} was called. */
  fireDue(): Promise<void>
  close(): void
}

export function createTimers({ database, log, unreadable, instance }: Hub, edge: TimersEdge): Timers {
  let closed = false
  let running: Promise<void> | null = null

  /** In turns of the event loop of their own, transactions of several openings of one file never meet half way, see `sqliteDialect`. */
  async function fireClaimed(): Promise<boolean> {
    await nextTurn()
    if (closed) return false
    const claimed = await claimTimers(database, instance, edge.now())
    for (const [index, timer] of claimed.entries()) {
      try {
        await nextTurn()
        const fired = closed ? null : await fireTimer(database, { ...edge, unreadable }, timer)
        if (!fired) continue
        edge.onDelay(Math.max(0, edge.now() - timer.due_at) / 1000)
        if (fired.records.length > 0) edge.onFired(fired)
      } catch (error) {
        // What cannot be given back is free when the lease has ended.
        await releaseTimers(database, claimed.slice(index)).catch(() => undefined)
        if (isRace(error) || isHeld(error)) return false
        throw error
      }
    }
    return claimed.length > 0
  }

  async function fireAll(): Promise<void> {
    // After a disk failure nobody knows what is on disk, and nothing more is written.
    while (!closed && !log.hasFailed() && (await fireClaimed())) continue
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
