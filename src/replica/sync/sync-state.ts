import type { Db } from '#storage/open-database.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { HubLink, LinkRefusal, ScopeHead } from '#contract/hub-link.ts'
import type { Change, ReplicaStore, StoreEdge } from '../store/replica-store.ts'
import type { KeptRecords } from '../store/scope-content.ts'
import { scrubFile } from '../store/scrub.ts'
import { createContact, type Contact } from './contact.ts'
import type { Rebuilding } from './rebuild-scope.ts'
import { createRetryPace, type RetryPace } from './retry-pace.ts'

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

/** A sync client at work: what it uses, and what it knows of the hub since the last handshake. */
export type SyncState = Required<SyncParts> & {
  readonly events: SyncEvents
  readonly contact: Contact
  readonly pace: RetryPace
  readonly rebuilding: Rebuilding
  /** The hub's last known sequence number by scope. */
  readonly heads: Map<string, number>
  /** Records pushed by the hub, by scope, until their scope is processed. */
  readonly pushedRecords: Map<string, LogRecord[]>
  /** Scopes for which the hub has no useful snapshot. */
  readonly toBePulled: Set<string>
  /** A handshake has succeeded, and nothing has failed since. */
  connected: boolean
  /** The next round begins with a handshake. */
  needsHandshake: boolean
  /** Another round follows the present one. */
  again: boolean
  /** The device has taken a new identity, and the hub has not accepted it yet. */
  renamed: boolean
  /** Why the hub refuses this device, or null. */
  refused: LinkRefusal | null
  closed: boolean
}

export function createSyncState(parts: SyncParts, events: SyncEvents): SyncState {
  const { db, store, link, edge, folder, random } = parts
  const pace = createRetryPace(random)
  return {
    db,
    store,
    link,
    edge,
    folder,
    random,
    scrub: parts.scrub ?? (() => void scrubFile(db)),
    farBehind: parts.farBehind ?? FAR_BEHIND,
    events,
    contact: createContact(db, store, edge),
    pace,
    rebuilding: { db, store, link, edge, folder, onProgress: pace.progress },
    heads: new Map(),
    pushedRecords: new Map(),
    toBePulled: new Set(),
    connected: false,
    needsHandshake: false,
    again: false,
    renamed: false,
    refused: null,
    closed: false,
  }
}

export function setConnected(sync: SyncState, connected: boolean): void {
  if (connected === sync.connected) return
  sync.connected = connected
  sync.events.onConnection(connected)
}

export function noteHeads({ heads }: SyncState, list: readonly Pick<ScopeHead, 'scope' | 'seq'>[]): void {
  for (const { scope, seq } of list) heads.set(scope, Math.max(seq, heads.get(scope) ?? 0))
}

/** The own records up to a sequence number, which replacing a scope must keep. */
export function keptUpTo({ store }: SyncState, upTo: number): KeptRecords {
  return { actor: store.meta.require('memberId'), upTo }
}

/** Announces views that were written past the store. */
export function tellChanges({ store, events }: SyncState, changes: readonly Change[]): void {
  store.noteChanges(changes)
  events.onChanges(changes)
}
