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
/** More would make it little smaller and much slower. */
const LEVEL = 1
const PIECE = 1024 * 1024

/** All that a bootstrap snapshot says of where it comes from; the rest belongs to the mirror. */
export const READY_META: readonly MetaKey[] = ['hubId', 'hubKey', 'epoch', 'knownTypes']

export type BootstrapJob = {
  /** Where the mirror is kept between two files. */
  folder: string
  /** Where the bootstrap snapshot goes, packed with Zstandard (RFC 8878). */
  file: string
  /** See `replicaForm`: a mirror of another form is made anew. */
  form: string
  /** Whose eyes the mirror reads with, see `EVERYBODY` at the hub. */
  memberId: string
  link: HubLink
  edge: StoreEdge
}

/** `size` and `sha256` of the packed file, `wholeSize` of what comes out of it, bytes. */
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
      // Nothing here is anybody's only copy.
      db.pragma('synchronous = NORMAL')
      return db
    }
    db.close()
  }
  throw new Error('The mirror cannot be opened')
}

/** Brings the mirror in step with the hub, as any device does. @throws when it could not be */
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
    // Once more for what came meanwhile, and for a signature under where it stands now.
    if (troubles.length === 0) await sync.pollHub()
  } finally {
    await sync.close()
  }
  const [trouble] = troubles
  if (trouble !== undefined) throw trouble instanceof Error ? trouble : new Error(JSON.stringify(trouble))
}

/** Takes out everything but what the hub says of the scopes, so that nothing lies in the copy that is not for its reader (P10). */
function strip(db: Db): void {
  db.transaction(() => {
    db.exec('INSERT OR REPLACE INTO scope_base (scope, seq, hash, stale) SELECT scope, seq, hash, 0 FROM cursor WHERE seq > 0')
    for (const table of ['record', 'attention', 'evidence_at_hub', 'doomed_file']) db.exec(`DELETE FROM ${table}`)
    // The index keeps words of texts that were changed until its parts are joined.
    db.exec("INSERT INTO search (search) VALUES ('optimize')")
  }).immediate()
}

/** Packs a file as it is sent. @returns the SHA-256 of what was written */
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
 * Brings the mirror in step with the hub and writes a clean copy of it for new devices: what it holds of the scopes, ready to be
 * shown, and nothing that was ever taken out of it.
 * @returns null when it holds something that only a newer version of the app understands
 */
export async function makeBootstrapSnapshot(job: BootstrapJob): Promise<BootstrapSnapshot | null> {
  const db = openMirror(job)
  const plain = `${job.file}.plain`
  let heads: ScopeHead[]
  let epoch: string
  try {
    await catchUp(db, job)
    const store = createReplicaStore(db, job.edge)
    // What the hub does not name now is for its devices to keep; here nothing is anybody's only copy.
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
    // Whatever is wrong with a mirror, the next one is made from nothing; that the hub is away is not wrong with it.
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
