import type { Db } from '#storage/open-database.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { BATCH_LENGTH, BATCH_OPS, LinkRefused, TOLD_RECORDS, type HubLink, type LinkRefusal, type ScopeHead } from '#contract/hub-link.ts'
import type { Change, ReplicaStore, StoreEdge } from '../store/replica-store.ts'
import { offerAgain, purgeScopes, staleScopes, type KeptRecords } from '../store/scope-content.ts'
import { absentScopes, noteAbsent, setAsideBeyond } from '../store/set-aside.ts'
import { scrubFile } from '../store/scrub.ts'
import { createContact } from './contact.ts'
import { clearSnapshots } from './fetch-snapshot.ts'
import { takeNewIdentity } from './new-identity.ts'
import { beginFromSnapshot, findAgreement, rebuildScope, ScopeNotShown, type Rebuilding } from './rebuild-scope.ts'
import { createRetryPace } from './retry-pace.ts'

export type SyncTrouble =
  | { kind: 'forked'; scope: string; at: number }
  | { kind: 'frozen'; scope: string; type: string }
  /** The head of a scope lacks a valid signature of the hub. */
  | { kind: 'unsigned'; scope: string }

export type SyncEvents = {
  /** Entities whose view may have changed. */
  onChanges(changes: readonly Change[]): void
  onTrouble(trouble: SyncTrouble): void
  onConnection(connected: boolean): void
  /** The hub refuses this device; nothing is tried until `tryAgain`. */
  onRefused(reason: LinkRefusal): void
  /** Scopes were purged: files that only they referred to may be deleted. */
  onForgotten(): void
  /** A round has ended: hub and replica are in step. */
  onSettled(): void
  onFault(error: unknown): void
}

export type SyncParts = {
  db: Db
  store: ReplicaStore
  link: HubLink
  edge: StoreEdge
  /** In [0, 1); for the jitter between tries. */
  random(): number
  /** Where snapshots are assembled. */
  folder: string
  /** Requests a scrub of purged content; if absent, the file is rewritten at once. */
  scrub?(): void
  /** A scope with more missing records than this begins from a snapshot, if the hub has one. */
  farBehind?: number
}

const FAR_BEHIND = 2000

/**
 * Pushes the outbox to the hub and pulls the hub's records. Ops are confirmed by op id in the ordered stream, never by position.
 * One round runs at a time, with one request in flight; a wake-up during a round causes another. Only what the store already
 * holds is sent over the link.
 */
export function createSyncClient(parts: SyncParts, events: SyncEvents) {
  const { db, store, link, edge } = parts
  const contact = createContact(db, store, edge)
  const pace = createRetryPace(parts.random)
  const work: Rebuilding = { db, store, link, edge, folder: parts.folder, onProgress: pace.progress }
  const farBehind = parts.farBehind ?? FAR_BEHIND
  const scrub = parts.scrub ?? (() => void scrubFile(db))
  let retry: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  let connected = false
  let askAnew = false
  let refused: LinkRefusal | null = null
  let renamed = false
  const heads = new Map<string, number>()
  /** Records pushed by the hub, by scope, until their scope is processed. */
  const told = new Map<string, LogRecord[]>()
  /** Scopes for which the hub has no useful snapshot. */
  const toBePulled = new Set<string>()

  const setConnected = (next: boolean) => {
    if (next === connected) return
    connected = next
    events.onConnection(next)
  }

  const noteHeads = (list: readonly ScopeHead[]) => {
    for (const { scope, seq } of list) heads.set(scope, Math.max(seq, heads.get(scope) ?? 0))
  }

  const keptUpTo = (upTo: number): KeptRecords => ({ actor: store.meta.require('memberId'), upTo })

  const tellChanges = (changes: readonly Change[]) => {
    store.noteChanges(changes)
    events.onChanges(changes)
  }

  /** Applies records pushed by the hub, if they follow the stored ones. @returns whether any was applied */
  function takeTold(scope: string, seq: number): boolean {
    const newer = told.get(scope)?.filter((record) => record.seq > seq) ?? []
    told.delete(scope)
    const next = newer.filter((record, index) => record.seq === seq + 1 + index)
    if (next.length === 0) return false
    const result = store.apply(scope, next)
    // The pull meets the same problem and reports it.
    if (result.kind !== 'applied') return false
    pace.progress()
    events.onChanges(result.changes)
    return true
  }

  async function pullScope(scope: string): Promise<void> {
    for (;;) {
      const from = store.cursor(scope)
      if (from?.frozen || closed) return
      if (takeTold(scope, from?.seq ?? 0)) {
        if ((store.cursor(scope)?.seq ?? 0) >= (heads.get(scope) ?? 0)) return
        continue
      }
      const { records, more } = await link.pull(scope, from?.seq ?? 0, BATCH_OPS)
      if (records.length === 0 || closed) return
      const result = store.apply(scope, records)
      if (result.kind === 'applied') {
        pace.progress()
        events.onChanges(result.changes)
      } else if (result.kind === 'gap') continue
      else return tellTrouble({ scope, ...result })
      if (!more) return
    }
  }

  function tellTrouble(trouble: SyncTrouble): void {
    // The hub may have been restored from a backup; the handshake tells.
    if (trouble.kind === 'forked') askAnew = true
    events.onTrouble(trouble)
  }

  async function pullBehind(): Promise<void> {
    for (const [scope, seq] of heads) {
      const from = store.cursor(scope)?.seq ?? 0
      if (from >= seq) continue
      if (seq - from > farBehind && !toBePulled.has(scope) && !store.cursor(scope)?.frozen) {
        toBePulled.add(scope)
        const changes = await beginFromSnapshot(work, scope, keptUpTo(from), from)
        if (closed) return
        if (changes) tellChanges(changes)
      }
      await pullScope(scope)
    }
  }

  async function pushPending(): Promise<void> {
    for (;;) {
      const batch: string[] = []
      let length = 0
      for (const op of store.pendingOps(BATCH_OPS)) {
        if (batch.length > 0 && length + op.bytes.length > BATCH_LENGTH) break
        batch.push(op.bytes)
        length += op.bytes.length
      }
      if (batch.length === 0 || closed) return
      const { records } = await link.push(batch)
      if (closed) return
      for (const { scope, seq } of records) heads.set(scope, Math.max(seq, heads.get(scope) ?? 0))
      const before = store.pendingCount().count
      for (const [scope, own] of Map.groupBy(records, (record) => record.scope)) {
        // If the reply follows the stored records, no pull is needed; otherwise others wrote in between.
        const result = store.apply(scope, own)
        if (result.kind === 'applied') events.onChanges(result.changes)
        else if (result.kind === 'forked' && absentScopes(db).has(scope)) askAnew = again = true
        else await pullScope(scope)
      }
      if (store.pendingCount().count >= before) {
        // Nothing left the outbox: the records stand behind others, or their scope is frozen.
        await pullBehind()
        if (store.pendingCount().count >= before) return
      }
      pace.progress()
    }
  }

  function forget(scopes: readonly string[]): void {
    const changes = purgeScopes(db, scopes, edge.now())
    for (const scope of scopes) {
      heads.delete(scope)
      told.delete(scope)
    }
    tellChanges(changes)
    events.onForgotten()
    scrub()
  }

  /** Ops that a restored hub may have lost are first put back in the outbox, for all scopes at once; only then is any scope replaced. */
  async function rebuild(diverged: readonly string[]): Promise<void> {
    const agreed = new Map<string, number>()
    for (const scope of diverged) agreed.set(scope, await findAgreement(work, scope))
    if (closed) return
    for (const [scope, seq] of agreed) setAsideBeyond(db, scope, seq, edge.now())
    offerAgain(db, store.meta.require('memberId'), agreed)
    for (const [scope, seq] of agreed) {
      const changes = await rebuildScope(work, scope, keptUpTo(seq))
      if (closed) return
      tellChanges(changes)
    }
  }

  /** Reloads a scope that an older version of this app could not read completely. If it is unavailable, the other scopes go on. */
  async function renew(scope: string): Promise<void> {
    try {
      tellChanges(await rebuildScope(work, scope, keptUpTo(store.cursor(scope)?.seq ?? 0)))
    } catch (error) {
      if (!(error instanceof ScopeNotShown)) throw error
      events.onFault(error)
    }
  }

  async function greet(): Promise<void> {
    askAnew = false
    const greeting = await contact.greet(link)
    if (closed) return
    renamed = false
    toBePulled.clear()
    if (greeting.newEpoch || greeting.diverged.length > 0) heads.clear()
    // Records pushed earlier may belong to another log or be no longer readable; those that still count are pulled.
    told.clear()
    noteHeads(greeting.scopes)
    for (const scope of greeting.unsigned) events.onTrouble({ kind: 'unsigned', scope })
    clearSnapshots(
      parts.folder,
      greeting.scopes.map(({ scope }) => scope),
    )
    if (greeting.lost.length > 0) forget(greeting.lost)
    else scrub()
    noteAbsent(db, greeting.absent, new Set(greeting.scopes.map(({ scope }) => scope)), {
      memberId: store.meta.require('memberId'),
      epoch: greeting.epoch,
      now: edge.now(),
    })
    if (greeting.diverged.length > 0) await rebuild(greeting.diverged)
    if (closed) return
    if (greeting.newEpoch) contact.noteEpoch(greeting.epoch)
    const named = new Set(greeting.scopes.map(({ scope }) => scope))
    const stale = staleScopes(db).filter((scope) => named.has(scope))
    for (const scope of stale) await renew(scope)
    if (greeting.diverged.length + stale.length > 0) scrub()
    setConnected(true)
  }

  async function round(): Promise<void> {
    try {
      if (!connected || askAnew) await greet()
      await pullBehind()
      await pushPending()
      if (closed) return
      pace.progress()
      events.onSettled()
    } catch (error) {
      setConnected(false)
      if (closed) return
      try {
        if (error instanceof LinkRefused) return turnedAway(error.reason)
        contact.noteTime()
        tryLater(error)
      } catch (unsaved) {
        // The failure could not be stored either, perhaps because the disk is full.
        tryLater(unsaved)
      }
    }
  }

  /** A full disk or a lost connection recovers sooner or later; the outbox is then sent without a user's request. */
  function tryLater(error: unknown): void {
    events.onFault(error)
    retry ??= setTimeout(() => {
      retry = null
      void wake()
    }, pace.next()).unref()
  }

  function turnedAway(reason: LinkRefusal): void {
    if (reason === 'cloned' && !renamed) {
      takeNewIdentity(db, edge.uuid())
      renamed = true
      again = true
      return
    }
    contact.noteRefusal(reason)
    refused = reason
    events.onRefused(reason)
  }

  async function loop(): Promise<void> {
    do {
      again = false
      await round()
    } while (again && !closed && refused === null)
    running = null
  }

  /** Requests a round: after a local commit, a wake-up, or a reconnect. Resolves when nothing is left to do now. */
  function wake(): Promise<void> {
    if (closed || refused !== null) return running ?? Promise.resolve()
    again = true
    running ??= loop()
    return running
  }

  /** Runs a round that begins with a handshake; called periodically, because a wake-up may be lost. */
  function pollHub(): Promise<void> {
    askAnew = true
    return wake()
  }

  const stopListening = [
    link.onAdvance((list, records) => {
      noteHeads(list)
      // The hub has it again: what is held here is compared with it.
      const absent = absentScopes(db)
      if (list.some(({ scope }) => absent.has(scope))) askAnew = true
      for (const [scope, some] of Map.groupBy(records, (record) => record.scope as string)) {
        const kept = told.get(scope) ?? []
        if (kept.length < TOLD_RECORDS) told.set(scope, [...kept, ...some])
      }
      void wake()
    }),
    link.onAccess(() => void pollHub()),
  ]

  return {
    wake,
    pollHub,
    /** The cause of the hub's refusal was dealt with, such as by signing in. */
    tryAgain(): Promise<void> {
      refused = null
      return pollHub()
    },
    get connected() {
      return connected
    },
    /** Whether a round is in progress, perhaps waiting for the hub. */
    get busy() {
      return running !== null
    },
    async close(): Promise<void> {
      closed = true
      for (const stop of stopListening) stop()
      if (retry) clearTimeout(retry)
      await running
      link.close()
    },
  }
}

export type SyncClient = ReturnType<typeof createSyncClient>
