import { setTimeout as wait } from 'node:timers/promises'
import { LinkDown } from '#contract/hub-link.ts'
import type { BootstrapSnapshotOffer } from '#contract/bootstrap-snapshot.ts'
import type { BootstrapProgress } from '#contract/workspace-api.ts'
import { askForReplica, begunReplica, clearBootstrapSnapshots, fetchReplica } from '#replica/link/fetch-bootstrap-snapshot.ts'
import { createRetryPace } from '#replica/sync/retry-pace.ts'
import type { JoinedTeam } from './joined-team.ts'

/** After this many files that were wrong or expired before they were complete, the device syncs from the log instead. */
const TIMES_IN_VAIN = 2
/** Minimum interval between progress reports, milliseconds. */
const TELL_MS = 200

/** A complete bootstrap snapshot, and the hub's offer of it. */
export type Arrived = { file: string; offer: BootstrapSnapshotOffer }

export type ArrivalParts = {
  team: JoinedTeam
  /** The form that this device can use, see `replicaForm`. */
  form: string
  /** Where the file is assembled. */
  folder: string
  random(): number
  now(): number
  /** Called when the view changes. */
  onView(): void
  log(level: 'info' | 'warn', message: string, detail?: unknown): void
}

export type Arrival = {
  /** The progress; null while there is nothing to report. */
  view(): BootstrapProgress | null
  /** @returns null if the device starts without one: the hub has none for it, or fetching was stopped */
  fetch(): Promise<Arrived | null>
  /** Stops for now; the partial file is kept for the next time. */
  stop(): void
}

/**
 * Fetches the team's data for a new device as one file, a bootstrap snapshot. It resumes after a lost connection or a restart of
 * the app.
 */
export function createArrival(parts: ArrivalParts): Arrival {
  const { team, folder } = parts
  const stopped = new AbortController()
  const pace = createRetryPace(parts.random)
  let view: BootstrapProgress | null = null
  let toldAt = Number.NEGATIVE_INFINITY

  function show(next: BootstrapProgress | null): void {
    const often = next?.state === view?.state && parts.now() - toldAt < TELL_MS
    view = next
    if (often) return
    toldAt = parts.now()
    parts.onView()
  }

  async function tryOnce(): Promise<Arrived | 'over' | 'spoilt' | null> {
    const offer = await askForReplica(team, parts.form, begunReplica(folder), stopped.signal)
    clearBootstrapSnapshots(folder, offer?.id ?? null)
    if (!offer || offer.hubId !== team.hubId) return null
    const fetched = await fetchReplica(
      team,
      offer,
      folder,
      (received) => {
        pace.progress()
        show({ state: 'fetching', received, size: offer.size })
      },
      stopped.signal,
    )
    return typeof fetched === 'string' ? fetched : { file: fetched.file, offer }
  }

  return {
    view: () => view,

    async fetch() {
      let inVain = 0
      show({ state: 'asking', received: 0, size: null })
      try {
        while (!stopped.signal.aborted && inVain < TIMES_IN_VAIN) {
          try {
            const got = await tryOnce()
            if (typeof got !== 'string') return got
            inVain += 1
            if (got === 'spoilt') parts.log('warn', 'What came of the hub is not what it offered')
          } catch (error) {
            if (stopped.signal.aborted) return null
            // Without a partial file there is nothing to resume; the app shows what it has and syncs when it can.
            if (!(error instanceof LinkDown) || begunReplica(folder) === null) throw error
            show({ state: 'waiting', received: view?.received ?? 0, size: view?.size ?? null })
            await wait(pace.next(), undefined, { signal: stopped.signal }).catch(() => undefined)
          }
        }
      } catch (error) {
        parts.log('warn', 'This device begins without a bootstrap snapshot', error)
      } finally {
        show(null)
      }
      return null
    },

    stop: () => stopped.abort(),
  }
}
