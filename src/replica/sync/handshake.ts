import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { decidingScope, incidentOfScope, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { readersOf } from '#domain/permissions/readers.ts'
import type { Db } from '#storage/open-database.ts'
import type { ScopeHead, SignedEnding, Welcome } from '#contract/hub-link.ts'
import type { ReplicaStore } from '../store/replica-store.ts'
import { isSoundEnding, keepSignedHeads } from '../store/signed-heads.ts'

/** The result of a handshake. */
export type Handshake = {
  scopes: ScopeHead[]
  /** Scopes held here that this member may no longer read: a record of the hub's log ended it, or there is nothing here to keep. */
  lost: string[]
  /** Scopes held here that the hub does not list, without a reason: it may have lost them, so this may be the last copy. */
  absent: string[]
  /** Scopes whose content here differs from the hub's. */
  diverged: string[]
  epoch: string
  /** The hub's log is in a new epoch since everything here was last in step with it. */
  newEpoch: boolean
  /** Heads whose signature is not the hub's. */
  unsigned: string[]
}

type Heads = ReadonlyMap<string, ScopeHead>

const headsOf = ({ scopes }: Welcome): Heads => new Map(scopes.map((head) => [head.scope, head]))

/** Whether a held head cannot be on the hub's log at its present head, even if the hub does not report it. */
function isBeyond(held: ScopeHead, heads: Heads): boolean {
  const head = heads.get(held.scope)
  return head !== undefined && (head.seq < held.seq || (head.seq === held.seq && head.hash !== held.hash))
}

/** Scopes of which the hub had nothing, and still has nothing although all ops written here have been pushed. */
function emptied(db: Db, store: ReplicaStore, heads: Heads): string[] {
  const waits = db.prepare('SELECT 1 FROM outbox WHERE scope = ? LIMIT 1')
  return store.cursors().flatMap(({ scope, seq }) => (seq === 0 && !heads.has(scope) && !waits.get(scope) ? [scope] : []))
}

/**
 * An ending is not valid if this device holds that record itself and it lets its member go on reading. Nor is it valid if it
 * lies within what came here as a snapshot: a hub restored to before that signs again what was undone later.
 */
function isEnded(db: Db, store: ReplicaStore, ended: SignedEnding, welcome: Welcome): boolean {
  const memberId = store.meta.require('memberId')
  if (ended.by !== decidingScope(ended.scope) || !isSoundEnding(welcome, memberId, ended)) return false
  const held = db
    .prepare<[string, number], { hash: string }>('SELECT hash FROM record WHERE scope = ? AND seq = ?')
    .get(ended.by, ended.seq)
  const isWithinSnapshot = held === undefined && (store.cursor(ended.by)?.seq ?? 0) >= ended.seq
  if (held?.hash !== ended.hash && !isWithinSnapshot) return true
  // A lent right to read may have ended by time; the records held here say when.
  const readers = readersOf(INCIDENT.read(store, incidentOfScope(ended.by) ?? ''), welcome.hubTime)
  return readers !== 'everyone' && !readers.includes(memberId)
}

/** The scopes that this member may no longer read, by records of the hub's log that this device accepts. */
function endedScopes(db: Db, store: ReplicaStore, welcome: Welcome): Set<string> {
  return new Set(welcome.ended.filter((one) => isEnded(db, store, one, welcome)).map(({ scope }) => scope))
}

/** The held scopes that the hub's log does not contain as they are here, without a reason. */
export function contradicted(db: Db, store: ReplicaStore, held: readonly ScopeHead[], welcome: Welcome): Set<string> {
  const heads = headsOf(welcome)
  const ended = endedScopes(db, store, welcome)
  const odd = held.filter(
    (one) => !ended.has(one.scope) && (!heads.has(one.scope) || welcome.diverged.includes(one.scope) || isBeyond(one, heads)),
  )
  return new Set(odd.map(({ scope }) => scope))
}

/**
 * Compares the hub's answer with what this device holds, and keeps the signed heads. `held` are the heads that the hub was
 * shown; `newEpoch` tells that its epoch is another one than here.
 */
export function readHandshake(
  db: Db,
  store: ReplicaStore,
  { held, welcome, newEpoch }: { held: readonly ScopeHead[]; welcome: Welcome; newEpoch: boolean },
): Handshake {
  const heads = headsOf(welcome)
  const diverged = new Set(welcome.diverged)
  const own = new Set<string>([TEAM_SCOPE, privateScope(store.meta.require('memberId'))])
  // Only scopes that the hub was asked about: another process with this data folder may have begun a scope meanwhile.
  const absent = held.filter(({ scope }) => !heads.has(scope)).map(({ scope }) => scope)
  // A restored hub may not know a scope: its acknowledged ops are pushed again instead of being discarded.
  if (newEpoch) for (const scope of absent) diverged.add(scope)
  const beyond = held
    .filter((one) => (heads.has(one.scope) || own.has(one.scope)) && (diverged.has(one.scope) || isBeyond(one, heads)))
    .map(({ scope }) => scope)
  const proven = endedScopes(db, store, welcome)
  const others = absent.filter((scope) => !own.has(scope))
  const unproven = others.filter((scope) => !proven.has(scope))
  return {
    scopes: welcome.scopes,
    lost: [...others.filter((scope) => proven.has(scope)), ...emptied(db, store, heads).filter((scope) => !own.has(scope))],
    absent: unproven,
    diverged: beyond,
    epoch: welcome.epoch,
    newEpoch,
    unsigned: keepSignedHeads(db, welcome, new Set(newEpoch ? [] : [...beyond, ...unproven])),
  }
}
