import { rmSync } from 'node:fs'
import type { Db } from '#storage/open-database.ts'
import { BATCH_OPS, LinkDown, type HubLink } from '#contract/hub-link.ts'
import { isPrivateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { Change, ReplicaStore, StoreEdge } from '../store/replica-store.ts'
import { knownHashes, replaceScope, type KeptRecords } from '../store/scope-content.ts'
import { isSetAside } from '../store/set-aside.ts'
import { fetchSnapshot, readSnapshot } from './fetch-snapshot.ts'

/** What rebuilding needs. */
export type Rebuilding = {
  db: Db
  store: ReplicaStore
  link: HubLink
  edge: StoreEdge
  /** Where snapshots are assembled. */
  folder: string
  /** Called when anything was received. */
  onProgress(): void
}

/**
 * Finds up to which seq the hub's log of a scope and this one are the same. Hashes are chained: where one agrees, all before it
 * agree, so a binary search works.
 * @returns the last seq at which both agree; 0 if they never did
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

/** The hub was restored since the last request: ops assumed to be acknowledged would never be pushed again (P4). */
const ANOTHER_LOG = 'the hub has become another one meanwhile'

/** The hub does not show the requested scope, or shows another one: it stays unchanged and is requested again later. */
export class ScopeNotShown extends LinkDown {}

/** The last known hash up to a seq. */
const lastKnown = ({ db }: Rebuilding, scope: string, upTo: number) => knownHashes(db, scope).findLast(({ seq }) => seq <= upTo)

/** Whether what is held up to a seq is on the hub's present log. */
async function isOnLog(work: Rebuilding, scope: string, upTo: number): Promise<boolean> {
  const mine = lastKnown(work, scope, upTo)
  if (!mine) return true
  const { records } = await work.link.pull(scope, mine.seq - 1, 1)
  return records[0]?.seq === mine.seq && records[0].hash === mine.hash
}

/**
 * Begins a scope from a snapshot, if the hub has a useful one.
 * @param kept own records that stay beside it
 * @param after the snapshot must be beyond this seq, so that no user sees an older state (P9); below 0 if the hub's log is another one
 */
export async function beginFromSnapshot(work: Rebuilding, scope: string, kept: KeptRecords, after: number): Promise<Change[] | null> {
  // A private scope contains rejections, each to be reported to its author, and notices; a snapshot would not contain the former.
  if (isPrivateScope(scope)) return null
  const offer = await work.link.offerSnapshot(scope)
  if (!offer || offer.scope !== scope || offer.seq <= after) return null
  const path = await fetchSnapshot(work.link, offer, work.folder, work.onProgress)
  if (path === null) return null
  // A push may have moved the cursor beyond the snapshot meanwhile.
  if ((work.store.cursor(scope)?.seq ?? 0) >= offer.seq && after >= 0) return null
  if (!(await isOnLog(work, scope, kept.upTo))) throw new ScopeNotShown(ANOTHER_LOG)
  const base = { scope, seq: offer.seq, hash: offer.hash }
  const changes = replaceScope(work.db, work.edge, scope, { base, entities: readSnapshot(path), records: [], kept, scrub: after < 0 })
  rmSync(path, { force: true })
  if (isSetAside(work.db, scope)) await lookForReturns(work, scope, kept.upTo)
  return changes
}

/** Pulls the records that a snapshot covers, because it does not say which ones it was made of, and notes those that are back. */
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
 * Replaces the content of a scope by the hub's: after the hub's log has become another one, or when only the hub knows what an
 * older version of this app could not read.
 */
export async function rebuildScope(work: Rebuilding, scope: string, kept: KeptRecords): Promise<Change[]> {
  const changes = await beginFromSnapshot(work, scope, kept, -1)
  if (changes) return changes
  const records = await pullWhole(work, scope)
  const mine = lastKnown(work, scope, kept.upTo)
  if (mine && records[mine.seq - 1]?.hash !== mine.hash) throw new ScopeNotShown(ANOTHER_LOG)
  // The hub listed the scope and now shows nothing of it; the next handshake tells what happened.
  if (records.length === 0 && !isPrivateScope(scope) && scope !== TEAM_SCOPE) throw new ScopeNotShown('the hub does not show what it named')
  return replaceScope(work.db, work.edge, scope, { base: null, entities: [], records, kept, scrub: true })
}
