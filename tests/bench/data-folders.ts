import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openHub, type FileHub } from '#hub/open-hub.ts'
import { openReplica, type Replica } from '#replica/open-replica.ts'
import { HUB_FILE, REPLICA_FILE } from '#workspace/open-files.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { beginning, createAuthor, entryOps, type Plot } from './op-texts.ts'

const BATCH = 500

/** Distributes a total over incidents like those of a team with one big crisis and some small ones. */
export function spread(total: number, incidents: number): number[] {
  const small = Math.floor(total / 2 / Math.max(1, incidents - 1))
  return Array.from({ length: incidents }, (_, index) => (index === 0 ? total - small * (incidents - 1) : small))
}

/** Opens a replica without a workspace. */
export function openBareReplica(folder: string): Replica {
  const opened = openReplica({
    file: join(folder, REPLICA_FILE),
    dataFolder: folder,
    mayCreate: true,
    readOnly: false,
    tableWorker: workerUrls(import.meta.url).table,
    announce: () => undefined,
    onSyncTrouble: () => undefined,
    onFault: (error) => {
      throw error
    },
  })
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return opened.replica
}

export function openBareHub(folder: string): FileHub {
  const opened = openHub(join(folder, HUB_FILE), true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return opened.hub
}

export function* batches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/**
 * Fills a folder with the databases of a workspace whose hub has accepted every op of a plot and whose replica has them all.
 * @returns ids of its member and incidents
 */
export async function fillDataFolder(
  folder: string,
  plot: Plot,
  say: (line: string) => void,
): Promise<{ memberId: string; incidentIds: string[] }> {
  const author = createAuthor(plot.seed)
  const { texts, incidentIds } = beginning(author, plot.entries.length)
  function* all(): Generator<string> {
    yield* texts
    yield* entryOps(author, plot, incidentIds)
  }
  await fillWithOps(folder, author.memberId, all(), say)
  return { memberId: author.memberId, incidentIds }
}

/** Fills a folder in the same way with any ops of one member; the hub must accept all of them. */
export async function fillWithOps(folder: string, memberId: string, ops: Iterable<string>, say: (line: string) => void): Promise<void> {
  const hub = openBareHub(folder)
  const replica = openBareReplica(folder)
  // Nothing is measured here, and a folder damaged by a power cut can be made again.
  for (const db of [hub.db, replica.db]) db.pragma('synchronous = OFF')
  replica.store.meta.write('memberId', memberId)
  let done = 0
  for (const batch of batches(ops, BATCH)) {
    const { records } = await hub.log.submit(batch, { memberId, admission: null })
    for (const [scope, own] of Map.groupBy(records, (record) => record.scope)) {
      const result = replica.store.apply(scope, own)
      if (result.kind !== 'applied' || result.rejected > 0)
        throw new Error(
          `The data set does not stand: ${JSON.stringify(own.find((record) => record.outcome.kind === 'rejected')?.outcome ?? result)}`,
        )
    }
    done += batch.length
    if (done % (100 * BATCH) === 0) say(`data set: ${done} records`)
    await nextTurn()
  }
  for (const db of [hub.db, replica.db]) db.pragma('wal_checkpoint(TRUNCATE)')
  await replica.close()
  await hub.close()
}
