import { BATCH_LENGTH, BATCH_OPS } from '#contract/hub-link.ts'
import type { ReplicaStore } from '../store/replica-store.ts'
import { absentScopes } from '../store/set-aside.ts'
import { beginFromSnapshot } from './rebuild-scope.ts'
import { keptUpTo, noteHeads, tellChanges, type SyncState, type SyncTrouble } from './sync-state.ts'

/** Applies records pushed by the hub, if they follow the stored ones. @returns whether any was applied */
function applyPushed({ store, pushedRecords, pace, events }: SyncState, scope: string, seq: number): boolean {
  const newer = pushedRecords.get(scope)?.filter((record) => record.seq > seq) ?? []
  pushedRecords.delete(scope)
  const next = newer.filter((record, index) => record.seq === seq + 1 + index)
  if (next.length === 0) return false
  const result = store.apply(scope, next)
  // The pull meets the same problem and reports it.
  if (result.kind !== 'applied') return false
  pace.progress()
  events.onChanges(result.changes)
  return true
}

function tellTrouble(sync: SyncState, trouble: SyncTrouble): void {
  // The hub may have been restored from a backup; the handshake tells.
  if (trouble.kind === 'forked') sync.needsHandshake = true
  sync.events.onTrouble(trouble)
}

async function pullScope(sync: SyncState, scope: string): Promise<void> {
  const { store, link, heads, pace, events } = sync
  for (;;) {
    const from = store.cursor(scope)
    if (from?.frozen || sync.closed) return
    if (applyPushed(sync, scope, from?.seq ?? 0)) {
      if ((store.cursor(scope)?.seq ?? 0) >= (heads.get(scope) ?? 0)) return
      continue
    }
    const { records, more } = await link.pull(scope, from?.seq ?? 0, BATCH_OPS)
    if (records.length === 0 || sync.closed) return
    const result = store.apply(scope, records)
    if (result.kind === 'applied') {
      pace.progress()
      events.onChanges(result.changes)
    } else if (result.kind === 'gap') continue
    else return tellTrouble(sync, { scope, ...result })
    if (!more) return
  }
}

/** Brings every scope up to the hub's head; one that is far behind begins from a snapshot if possible. */
export async function pullBehind(sync: SyncState): Promise<void> {
  const { store, heads, toBePulled, farBehind } = sync
  for (const [scope, seq] of heads) {
    const from = store.cursor(scope)?.seq ?? 0
    if (from >= seq) continue
    if (seq - from > farBehind && !toBePulled.has(scope) && !store.cursor(scope)?.frozen) {
      toBePulled.add(scope)
      const changes = await beginFromSnapshot(sync.rebuilding, scope, keptUpTo(sync, from), from)
      if (sync.closed) return
      if (changes) tellChanges(sync, changes)
    }
    await pullScope(sync, scope)
  }
}

/** The first pending ops that fit in one message. */
function nextBatch(store: ReplicaStore): string[] {
  const batch: string[] = []
  let length = 0
  for (const op of store.pendingOps(BATCH_OPS)) {
    if (batch.length > 0 && length + op.bytes.length > BATCH_LENGTH) break
    batch.push(op.bytes)
    length += op.bytes.length
  }
  return batch
}

/** Pushes the outbox in batches and applies the records that the hub makes of it. */
export async function pushPending(sync: SyncState): Promise<void> {
  const { db, store, link, events } = sync
  for (;;) {
    const batch = nextBatch(store)
    if (batch.length === 0 || sync.closed) return
    const { records } = await link.push(batch)
    if (sync.closed) return
    noteHeads(sync, records)
    const before = store.pendingCount().count
    for (const [scope, own] of Map.groupBy(records, (record) => record.scope)) {
      // If the reply follows the stored records, no pull is needed; otherwise others wrote in between.
      const result = store.apply(scope, own)
      if (result.kind === 'applied') events.onChanges(result.changes)
      else if (result.kind === 'forked' && absentScopes(db).has(scope)) sync.needsHandshake = sync.again = true
      else await pullScope(sync, scope)
    }
    if (store.pendingCount().count >= before) {
      // Nothing left the outbox: the records stand behind others, or their scope is frozen.
      await pullBehind(sync)
      if (store.pendingCount().count >= before) return
    }
    sync.pace.progress()
  }
}
