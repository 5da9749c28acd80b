import { LinkRefused, TOLD_RECORDS, type LinkRefusal, type ScopeHead } from '#contract/hub-link.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { absentScopes } from '../store/set-aside.ts'
import { meetHub } from './meet-hub.ts'
import { takeNewIdentity } from './new-identity.ts'
import { pullBehind, pushPending } from './pull-and-push.ts'
import {
  createSyncState,
  noteHeads,
  setConnected,
  type SyncEvents,
  type SyncParts,
  type SyncState,
  type SyncTrouble,
} from './sync-state.ts'

export type { SyncEvents, SyncParts, SyncTrouble }

export type SyncClient = {
  /** Requests a round: after a local commit, a wake-up, or a reconnect. Resolves when nothing is left to do now. */
  wake(): Promise<void>
  /** Runs a round that begins with a handshake; called periodically, because a wake-up may be lost. */
  pollHub(): Promise<void>
  /** The cause of the hub's refusal was dealt with, such as by signing in. */
  tryAgain(): Promise<void>
  readonly connected: boolean
  /** Whether a round is in progress, perhaps waiting for the hub. */
  readonly busy: boolean
  close(): Promise<void>
}

function noteRefusal(sync: SyncState, reason: LinkRefusal): void {
  if (reason === 'cloned' && !sync.renamed) {
    takeNewIdentity(sync.db, sync.edge.uuid())
    sync.renamed = true
    sync.again = true
    return
  }
  sync.contact.noteRefusal(reason)
  sync.refused = reason
  sync.events.onRefused(reason)
}

/** @param tryLater called with a failure after which another round is worth trying */
async function runRound(sync: SyncState, tryLater: (error: unknown) => void): Promise<void> {
  try {
    if (!sync.connected || sync.needsHandshake) await meetHub(sync)
    await pullBehind(sync)
    await pushPending(sync)
    if (sync.closed) return
    sync.pace.progress()
    sync.events.onSettled()
  } catch (error) {
    setConnected(sync, false)
    if (sync.closed) return
    try {
      if (error instanceof LinkRefused) return noteRefusal(sync, error.reason)
      sync.contact.noteTime()
      tryLater(error)
    } catch (unsaved) {
      // The failure could not be stored either, perhaps because the disk is full.
      tryLater(unsaved)
    }
  }
}

/** Keeps what the hub announces for the next round. */
function noteAdvance(sync: SyncState, heads: readonly ScopeHead[], records: readonly LogRecord[]): void {
  noteHeads(sync, heads)
  // The hub has it again: what is held here is compared with it.
  const absent = absentScopes(sync.db)
  if (heads.some(({ scope }) => absent.has(scope))) sync.needsHandshake = true
  for (const [scope, some] of Map.groupBy(records, (record) => record.scope as string)) {
    const kept = sync.pushedRecords.get(scope) ?? []
    if (kept.length < TOLD_RECORDS) sync.pushedRecords.set(scope, [...kept, ...some])
  }
}

/**
 * Pushes the outbox to the hub and pulls the hub's records. Ops are confirmed by op id in the ordered stream, never by position.
 * One round runs at a time, with one request in flight; a wake-up during a round causes another. Only what the store already
 * holds is sent over the link.
 */
export function createSyncClient(parts: SyncParts, events: SyncEvents): SyncClient {
  const sync = createSyncState(parts, events)
  const { link, pace } = sync
  let retry: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null

  /** A full disk or a lost connection recovers sooner or later; the outbox is then sent without a user's request. */
  function tryLater(error: unknown): void {
    events.onFault(error)
    retry ??= setTimeout(() => {
      retry = null
      void wake()
    }, pace.next()).unref()
  }

  async function loop(): Promise<void> {
    do {
      sync.again = false
      await runRound(sync, tryLater)
    } while (sync.again && !sync.closed && sync.refused === null)
    running = null
  }

  function wake(): Promise<void> {
    if (sync.closed || sync.refused !== null) return running ?? Promise.resolve()
    sync.again = true
    running ??= loop()
    return running
  }

  function pollHub(): Promise<void> {
    sync.needsHandshake = true
    return wake()
  }

  const stopListening = [
    link.onAdvance((heads, records) => {
      noteAdvance(sync, heads, records)
      void wake()
    }),
    link.onAccess(() => void pollHub()),
  ]

  return {
    wake,
    pollHub,
    tryAgain() {
      sync.refused = null
      return pollHub()
    },
    get connected() {
      return sync.connected
    },
    get busy() {
      return running !== null
    },
    async close() {
      sync.closed = true
      for (const stop of stopListening) stop()
      if (retry) clearTimeout(retry)
      await running
      link.close()
    },
  }
}
