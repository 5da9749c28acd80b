import { offerAgain, purgeScopes, staleScopes } from '../store/scope-content.ts'
import { noteAbsent, setAsideBeyond } from '../store/set-aside.ts'
import { clearSnapshots } from './fetch-snapshot.ts'
import { findAgreement, rebuildScope, ScopeNotShown } from './rebuild-scope.ts'
import { keptUpTo, noteHeads, setConnected, tellChanges, type SyncState } from './sync-state.ts'

/** Purges scopes that the member may no longer read. */
function forget(sync: SyncState, scopes: readonly string[]): void {
  const changes = purgeScopes(sync.db, scopes, sync.edge.now())
  for (const scope of scopes) {
    sync.heads.delete(scope)
    sync.pushedRecords.delete(scope)
  }
  tellChanges(sync, changes)
  sync.events.onForgotten()
  sync.scrub()
}

/** Ops that a restored hub may have lost are first put back in the outbox, for all scopes at once; only then is any scope replaced. */
async function rebuild(sync: SyncState, diverged: readonly string[]): Promise<void> {
  const { db, store, edge, rebuilding } = sync
  const agreed = new Map<string, number>()
  for (const scope of diverged) agreed.set(scope, await findAgreement(rebuilding, scope))
  if (sync.closed) return
  for (const [scope, seq] of agreed) setAsideBeyond(db, scope, seq, edge.now())
  offerAgain(db, store.meta.require('memberId'), agreed)
  for (const [scope, seq] of agreed) {
    const changes = await rebuildScope(rebuilding, scope, keptUpTo(sync, seq))
    if (sync.closed) return
    tellChanges(sync, changes)
  }
}

/** Reloads a scope that an older version of this app could not read completely. If it is unavailable, the other scopes go on. */
async function renew(sync: SyncState, scope: string): Promise<void> {
  try {
    tellChanges(sync, await rebuildScope(sync.rebuilding, scope, keptUpTo(sync, sync.store.cursor(scope)?.seq ?? 0)))
  } catch (error) {
    if (!(error instanceof ScopeNotShown)) throw error
    sync.events.onFault(error)
  }
}

/**
 * Performs the handshake and brings the device in line with what the hub says: lost scopes are purged, diverged ones are
 * replaced after their ops went back to the outbox, absent ones are kept and reported.
 */
export async function meetHub(sync: SyncState): Promise<void> {
  const { db, store, edge, contact, heads, events } = sync
  sync.needsHandshake = false
  const handshake = await contact.handshake(sync.link)
  if (sync.closed) return
  sync.renamed = false
  sync.toBePulled.clear()
  if (handshake.newEpoch || handshake.diverged.length > 0) heads.clear()
  // Records pushed earlier may belong to another log or be no longer readable; those that still count are pulled.
  sync.pushedRecords.clear()
  noteHeads(sync, handshake.scopes)
  for (const scope of handshake.unsigned) events.onTrouble({ kind: 'unsigned', scope })
  const listed = handshake.scopes.map(({ scope }) => scope)
  clearSnapshots(sync.folder, listed)
  if (handshake.lost.length > 0) forget(sync, handshake.lost)
  else sync.scrub()
  const named = new Set(listed)
  noteAbsent(db, handshake.absent, named, { memberId: store.meta.require('memberId'), epoch: handshake.epoch, now: edge.now() })
  if (handshake.diverged.length > 0) await rebuild(sync, handshake.diverged)
  if (sync.closed) return
  if (handshake.newEpoch) contact.noteEpoch(handshake.epoch)
  const stale = staleScopes(db).filter((scope) => named.has(scope))
  for (const scope of stale) await renew(sync, scope)
  if (handshake.diverged.length + stale.length > 0) sync.scrub()
  setConnected(sync, true)
}
