import { setTimeout as wait } from 'node:timers/promises'
import { LinkDown } from '#contract/hub-link.ts'
import type { BootstrapSnapshotOffer } from '#contract/bootstrap-snapshot.ts'
import type { BootstrapProgress } from '#contract/workspace-api.ts'
import { askForReplica, begunReplica, clearBootstrapSnapshots, fetchReplica } from '#replica/link/fetch-bootstrap-snapshot.ts'
import { createRetryPace } from '#replica/sync/retry-pace.ts'
import type { JoinedTeam } from './joined-team.ts'

/** After so many files that came out as another, or were over before they were whole, the device does without. */
const TIMES_IN_VAIN = 2
/** What has come is told this often at most, milliseconds. */
const TELL_MS = 200

/** A whole replica to begin with, and what the hub said of it. */
export type Arrived = { file: string; offer: BootstrapSnapshotOffer }

export type ArrivalParts = {
  team: JoinedTeam
  /** What this device can use, see `replicaForm`. */
  form: string
  /** Where the file is put together. */
  folder: string
  random(): number
  now(): number
  /** Told when the view is another. */
  onView(): void
  log(level: 'info' | 'warn', message: string, detail?: unknown): void
}

/**
 * A new device's way to all that the team has: a replica that the hub has ready, fetched as one file. It goes on where it was
 * cut off, by the line or by the end of the app.
 */
export function createArrival(parts: ArrivalParts) {
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
    /** How far it is; null while there is nothing to tell. */
    view: () => view,

    /** @returns null when the device does without: the hub has none for it, or it was stopped */
    async fetch(): Promise<Arrived | null> {
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
            // With nothing of it here yet there is nothing to go on with; the app shows what it has and syncs when it can.
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

    /** Ends it for now; what has come stays for the next time. */
    stop: () => stopped.abort(),
  }
}

export type Arrival = ReturnType<typeof createArrival>
