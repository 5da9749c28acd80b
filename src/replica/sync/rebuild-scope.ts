import { rmSync } from 'node:fs'
import type { Db } from '#storage/open-database.ts'
import { BATCH_OPS, LinkDown, type HubLink } from '#contract/hub-link.ts'
import { isPrivateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { Change, ReplicaStore, StoreEdge } from '../store/replica-store.ts'
import { knownHashes, replaceScope, type KeptRecords } from '../store/scope-content.ts'
import { isSetAside } from '../store/set-aside.ts'
import { fetchSnapshot, readSnapshot } from './fetch-snapshot.ts'

/** What rebuilding works with. */
export type Rebuilding = {
  db: Db
  store: ReplicaStore
  link: HubLink
  edge: StoreEdge
  /** Where snapshots are put together. */
  folder: string
  /** Something got through. */
  onProgress(): void
}

/**
 * Finds how far the hub's log of a scope and what is held here are the same. Hashes are chained: where one agrees, everything
 * before it does, so the search halves the rest each time.
 * @returns the last seq at which both agree; 0 when they never did
 */
export async function findAgreement({ db, link, onProgress }: Rebuilding, scope: string): Promise<number> {
  const known = knownHashes(db, scope)
  let low = 0
  let high = known.length
  while (low < high) {
    const middle = (low + high) >> 1
    const mine = known[middle]
    if (!mine) break
    const { records } = await link.pull(scope, mine.seq - 1, 1)
    onProgress()
    if (records[0]?.seq === mine.seq && records[0].hash === mine.hash) low = middle + 1
    else high = middle
  }
  return known[low - 1]?.seq ?? 0
}

async function pullWhole({ link, onProgress }: Rebuilding, scope: string): Promise<LogRecord[]> {
  const all: LogRecord[] = []
  for (;;) {
    const { records, more } = await link.pull(scope, all.at(-1)?.seq ?? 0, BATCH_OPS)
    all.push(...records)
    onProgress()
    if (!more || records.length === 0) return all
  }
}

/** A hub that was restored since it was last asked: what was taken for acknowledged would be offered to nobody again (P4). */
const ANOTHER_LOG = 'the hub has become another one meanwhile'

/** The hub does not show the scope that was asked for, or another one in its place: it is left as it is, and asked for anew later. */
export class ScopeNotShown extends LinkDown {}

/** The last of what is held here up to a seq. */
const lastKnown = ({ db }: Rebuilding, scope: string, upTo: number) => knownHashes(db, scope).findLast(({ seq }) => seq <= upTo)

/** Whether what is held up to a seq lies on the hub's log as it is now. */
async function isOnLog(work: Rebuilding, scope: string, upTo: number): Promise<boolean> {
  const mine = lastKnown(work, scope, upTo)
  if (!mine) return true
  const { records } = await work.link.pull(scope, mine.seq - 1, 1)
  return records[0]?.seq === mine.seq && records[0].hash === mine.hash
}

/**
 * Begins a scope from a snapshot, if the hub has one that is of use.
 * @param kept own records that stay beside it
 * @param after the snapshot must stand beyond this seq, so that nobody sees the past again (P9); below 0 where the hub's log is another one
 */
export async function beginFromSnapshot(work: Rebuilding, scope: string, kept: KeptRecords, after: number): Promise<Change[] | null> {
  // What stands in a private scope are refusals, each to be told to its author, and notices; a snapshot would not hold the former.
  if (isPrivateScope(scope)) return null
  const offer = await work.link.offerSnapshot(scope)
  if (!offer || offer.scope !== scope || offer.seq <= after) return null
  const path = await fetchSnapshot(work.link, offer, work.folder, work.onProgress)
  if (path === null) return null
  // What was written meanwhile by a push may stand beyond it.
  if ((work.store.cursor(scope)?.seq ?? 0) >= offer.seq && after >= 0) return null
  if (!(await isOnLog(work, scope, kept.upTo))) throw new ScopeNotShown(ANOTHER_LOG)
  const base = { scope, seq: offer.seq, hash: offer.hash }
  const changes = replaceScope(work.db, work.edge, scope, { base, entities: readSnapshot(path), records: [], kept, scrub: after < 0 })
  rmSync(path, { force: true })
  if (isSetAside(work.db, scope)) await lookForReturns(work, scope, kept.upTo)
  return changes
}

/** A snapshot does not say which records it was made of. */
async function lookForReturns({ store, link, onProgress }: Rebuilding, scope: string, from: number): Promise<void> {
  for (let after = from; ;) {
    const { records, more } = await link.pull(scope, after, BATCH_OPS)
    onProgress()
    store.noteReturns(records)
    after = records.at(-1)?.seq ?? after
    if (!more || records.length === 0) return
  }
}

/**
 * Puts the hub's content of a scope in the place of what is held here: after the hub's log has become another one, or when
 * only the hub can say what an older version of this app could not read.
 */
export async function rebuildScope(work: Rebuilding, scope: string, kept: KeptRecords): Promise<Change[]> {
  const changes = await beginFromSnapshot(work, scope, kept, -1)
  if (changes) return changes
  const records = await pullWhole(work, scope)
  const mine = lastKnown(work, scope, kept.upTo)
  if (mine && records[mine.seq - 1]?.hash !== mine.hash) throw new ScopeNotShown(ANOTHER_LOG)
  // The hub named it, and now shows nothing of it: it will say what became of it when it is asked anew.
  if (records.length === 0 && !isPrivateScope(scope) && scope !== TEAM_SCOPE) throw new ScopeNotShown('the hub does not show what it named')
  return replaceScope(work.db, work.edge, scope, { base: null, entities: [], records, kept, scrub: true })
}
