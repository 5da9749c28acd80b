import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import Database from 'better-sqlite3'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { LinkDown, type HubLink, type ScopeHead } from '#contract/hub-link.ts'
import type { MetaKey } from '../store/meta.ts'
import { REPLICA_SCHEMA } from '../store/replica-schema.ts'
import { createReplicaStore, KNOWN_TYPES, type StoreEdge } from '../store/replica-store.ts'
import { scrubFile } from '../store/scrub.ts'
import { missing } from '../store/set-aside.ts'
import { createSyncClient } from '../sync/sync-client.ts'

const MIRROR = 'mirror.db'
/** A higher level would hardly save space and be much slower. */
const LEVEL = 1
const PIECE = 1024 * 1024

/** The values of a bootstrap snapshot about its origin; other values belong to the replica it is copied from. */
export const READY_META: readonly MetaKey[] = ['hubId', 'hubKey', 'epoch', 'knownTypes']

export type BootstrapJob = {
  /** Where the source replica is kept between two snapshots. */
  folder: string
  /** Path of the bootstrap snapshot, compressed with Zstandard (RFC 8878). */
  file: string
  /** See `replicaForm`: a source replica of another form is rebuilt from nothing. */
  form: string
  /** The member whose read access applies, see `EVERYBODY` at the hub. */
  memberId: string
  link: HubLink
  edge: StoreEdge
}

/** `size` and `sha256` of the compressed file, `wholeSize` of the uncompressed one; bytes. */
export type BootstrapSnapshot = { heads: ScopeHead[]; epoch: string; size: number; wholeSize: number; sha256: string }

function removeMirror(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(MIRROR)) rmSync(join(folder, name), { force: true })
}

function openMirror({ folder, form, memberId, edge }: BootstrapJob): Db {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const fresh of [false, true]) {
    if (fresh) removeMirror(folder)
    const opened = openDatabase(join(folder, MIRROR), REPLICA_SCHEMA, true)
    if (!opened.ok) continue
    const { db } = opened
    const { meta } = createReplicaStore(db, edge)
    if (meta.read('form') === null && meta.read('replicaId') === null) {
      db.transaction(() => {
        meta.write('form', form)
        meta.write('memberId', memberId)
        meta.write('replicaId', edge.uuid())
        meta.write('knownTypes', KNOWN_TYPES)
      })()
    }
    if (meta.read('form') === form && meta.read('memberId') === memberId) {
      // Everything here can be fetched again from the hub.
      db.pragma('synchronous = NORMAL')
      return db
    }
    db.close()
  }
  throw new Error('The mirror cannot be opened')
}

/** Syncs the source replica with the hub, as any device does. @throws if it fails */
async function catchUp(db: Db, { link, edge, folder }: BootstrapJob): Promise<void> {
  const troubles: unknown[] = []
  const note = (trouble: unknown) => void troubles.push(trouble)
  const sync = createSyncClient(
    { db, store: createReplicaStore(db, edge), link, edge, random: () => 0, folder: join(folder, 'incoming') },
    {
      onChanges: () => undefined,
      onTrouble: note,
      onConnection: () => undefined,
      onRefused: note,
      onForgotten: () => undefined,
      onSettled: () => undefined,
      onFault: note,
    },
  )
  try {
    await sync.wake()
    // A second round for records that arrived meanwhile, and for a signature of the present head.
    if (troubles.length === 0) await sync.pollHub()
  } finally {
    await sync.close()
  }
  const [trouble] = troubles
  if (trouble !== undefined) throw trouble instanceof Error ? trouble : new Error(JSON.stringify(trouble))
}

/** Deletes everything but the content of scopes, so that the copy contains nothing that its reader may not see (P10). */
function strip(db: Db): void {
  db.transaction(() => {
    db.exec('INSERT OR REPLACE INTO scope_base (scope, seq, hash, stale) SELECT scope, seq, hash, 0 FROM cursor WHERE seq > 0')
    for (const table of ['record', 'attention', 'evidence_at_hub', 'file_deletion_queue']) db.exec(`DELETE FROM ${table}`)
    // The index keeps words of changed texts until its segments are merged.
    db.exec("INSERT INTO search (search) VALUES ('optimize')")
  }).immediate()
}

/** Compresses a file for sending. @returns the SHA-256 of the compressed file */
async function pack(from: string, to: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(
    createReadStream(from, { highWaterMark: PIECE }),
    createZstdCompress({ chunkSize: PIECE, params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }),
    async function* (packed: AsyncIterable<Buffer>) {
      for await (const piece of packed) {
        digest.update(piece)
        yield piece
      }
    },
    createWriteStream(to),
  )
  return digest.digest('hex')
}

/**
 * Syncs the source replica with the hub and writes a clean copy of it for new devices: the content of the scopes with its views,
 * and no remains of deleted content.
 * @returns null if it contains something that only a newer version of the app understands
 */
export async function makeBootstrapSnapshot(job: BootstrapJob): Promise<BootstrapSnapshot | null> {
  const db = openMirror(job)
  const plain = `${job.file}.plain`
  let heads: ScopeHead[]
  let epoch: string
  try {
    await catchUp(db, job)
    const store = createReplicaStore(db, job.edge)
    // Scopes that the hub does not list are kept by its devices; everything here can be fetched again.
    const { scopes, records } = missing(db)
    if (scopes.length + records.length > 0) throw new Error('The mirror holds what the hub does not')
    const cursors = store.cursors().filter(({ seq }) => seq > 0)
    if (cursors.some(({ frozen }) => frozen !== null)) {
      db.close()
      return null
    }
    heads = cursors.map(({ scope, seq, hash }) => ({ scope, seq, hash }))
    epoch = store.meta.require('epoch')
    strip(db)
    if (!scrubFile(db)) throw new Error('What was purged could not be scrubbed')
    rmSync(plain, { force: true })
    db.prepare('VACUUM INTO ?').run(plain)
  } catch (error) {
    // After any fault the source replica is rebuilt from nothing; that the hub is away is no fault of it.
    db.close()
    if (!(error instanceof LinkDown)) removeMirror(job.folder)
    throw error
  }
  db.close()
  try {
    const copy = new Database(plain)
    copy.pragma('secure_delete = ON')
    copy.prepare('DELETE FROM meta WHERE key NOT IN (SELECT value FROM json_each(?))').run(JSON.stringify(READY_META))
    copy.close()
    const sha256 = await pack(plain, job.file)
    return { heads, epoch, size: statSync(job.file).size, wholeSize: statSync(plain).size, sha256 }
  } finally {
    rmSync(plain, { force: true })
  }
}
