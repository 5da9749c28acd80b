import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, rmSync } from 'node:fs'
import { copyFile, open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Db } from '#storage/open-database.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import { CHUNK_BYTES, EVIDENCE_LIMIT } from '#contract/file-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { createUploads, type TakenFile, type Uploads } from './uploads.ts'

export type EvidenceFolders = {
  evidence: string
  uploads: string
  /** Files being fetched from the hub. */
  incoming: string
  /** True if the team's hub keeps its files in the same folder: a file unused here may be used there. */
  shared?: boolean
}

/** SHA-256 of a file's content, lower-case hex. Read as a stream: size does not matter. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const MAGIC: readonly [string, readonly number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]

/** Detects a file's type by its first bytes. A claimed type is not trusted where it would make a file be shown as an image. */
async function sniffMime(path: string, claimed: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const head = Buffer.alloc(16)
    await handle.read(head, 0, 16, 0)
    const found = MAGIC.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))
    if (found) return found[0]
    if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'image/webp'
    return claimed.startsWith('image/') ? 'application/octet-stream' : claimed
  } finally {
    await handle.close()
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A new name is durable only after its folder is synced; Windows does so itself and opens no folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export type KeptEvidence = Evidence & { alreadyKept: boolean }

/** The files of evidence on this device, each stored under the SHA-256 of its content. */
export type EvidenceFiles = Uploads & {
  /** The stored file of a hash, with the name it had in this session. */
  find(hash: string): Evidence | null
  /** Takes a file of this machine, by path. */
  take(path: string): Promise<Result<TakenFile>>
  /** Stores a file as evidence. @param move whether the file is used up, as an upload is */
  keep(file: TakenFile, move: boolean): Promise<Result<KeptEvidence>>
  /** Where a file is assembled while it is fetched from the hub. */
  incomingOf(hash: string): string
  /** Whether the content is stored. Checks the disk, as `read` does. */
  has(hash: string): boolean
  /**
   * Stores a file fetched from the hub.
   * @returns false if its content has another hash; then the file is deleted
   */
  receive(hash: string, file: TakenFile): Promise<boolean>
  /** Registers a file that is in the folder already, because the hub of this machine received it. */
  adopt(hash: string, mime: string): Promise<void>
  /** Deletes the files that nothing refers to any more. A crash leaves the rest for the next run. */
  deleteQueuedFiles(): void
  /** Checks the disk, not the table: after a restore the table may list fewer files than the folder holds. */
  read(hash: string, offset: number): Promise<Result<{ bytes: Uint8Array; size: number }>>
}

/**
 * Stores evidence files by the SHA-256 of their content under `evidence/ab/abcdef…`, so that equal files are stored once. A file
 * is complete and on disk before anything refers to it.
 */
export function createEvidenceFiles(db: Db, folders: EvidenceFolders, now: () => number): EvidenceFiles {
  const find = db.prepare<[string], { hash: string; size: number; mime: string }>('SELECT hash, size, mime FROM evidence WHERE hash = ?')
  const insert = db.prepare('INSERT OR IGNORE INTO evidence (hash, size, mime, kept_at) VALUES (?, ?, ?, ?)')
  const spare = db.prepare('DELETE FROM file_deletion_queue WHERE hash = ?')
  const queued = db.prepare<[], { hash: string }>('SELECT hash FROM file_deletion_queue')
  const names = new Map<string, string>()

  const pathOf = (hash: string) => join(folders.evidence, hash.slice(0, 2), hash)

  const admit = db.transaction((hash: string, size: number, mime: string) => {
    spare.run(hash)
    insert.run(hash, size, mime, now())
  }).immediate

  const incomingOf = (hash: string) => join(folders.incoming, `${hash}.evidence`)

  async function keep(file: TakenFile, move: boolean): Promise<Result<KeptEvidence>> {
    const kept = await keepContent(file, move)
    // An upload has no other user; one that did not become evidence is deleted.
    if (move && !kept.ok) await rm(file.path, { force: true })
    return kept
  }

  async function keepContent(file: TakenFile, move: boolean): Promise<Result<KeptEvidence>> {
    if (file.size > EVIDENCE_LIMIT) return fail('file-too-large', { size: file.size, limit: EVIDENCE_LIMIT })
    if (file.size === 0) return fail('file-empty', { name: file.name })
    const hash = await hashFile(file.path)
    const mime = await sniffMime(file.path, file.mime)
    const alreadyKept = find.get(hash) !== undefined && existsSync(pathOf(hash))
    if (!alreadyKept) {
      mkdirSync(join(folders.evidence, hash.slice(0, 2)), { recursive: true })
      const incoming = `${pathOf(hash)}.${randomUUID()}.incoming`
      try {
        if (move) await rename(file.path, incoming)
        else await copyFile(file.path, incoming)
        if (!move && (await hashFile(incoming)) !== hash) return fail('file-changed', { name: file.name })
        await syncFile(incoming)
        await rename(incoming, pathOf(hash))
      } finally {
        await rm(incoming, { force: true })
      }
      await syncFolder(join(folders.evidence, hash.slice(0, 2)))
      await syncFolder(folders.evidence)
      admit(hash, file.size, mime)
    } else if (move) await rm(file.path, { force: true })
    names.set(hash, file.name)
    return done({ hash, name: file.name, size: file.size, mime, alreadyKept })
  }

  return {
    ...createUploads(folders.uploads, now),

    find(hash) {
      const row = find.get(hash)
      return row ? { ...row, name: names.get(hash) ?? hash.slice(0, 12) } : null
    },

    async take(path) {
      try {
        const found = await stat(path)
        if (!found.isFile()) return fail('file-not-readable', { path })
        await (await open(path, 'r')).close()
        return done({ path, name: basename(path), mime: 'application/octet-stream', size: found.size })
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
        return fail(missing ? 'file-not-found' : 'file-not-readable', { path })
      }
    },

    keep,

    incomingOf,

    has: (hash) => existsSync(pathOf(hash)),

    async receive(hash, file) {
      if ((await hashFile(file.path)) !== hash) {
        await rm(file.path, { force: true })
        return false
      }
      return (await keep(file, true)).ok
    },

    async adopt(hash, mime) {
      const { size } = await stat(pathOf(hash))
      if (find.get(hash) === undefined) admit(hash, size, await sniffMime(pathOf(hash), mime))
    },

    deleteQueuedFiles() {
      for (const { hash } of queued.all()) {
        // A file's row is written before the file is reported as stored: without a row nothing relies on it.
        if (folders.shared !== true && find.get(hash) === undefined) rmSync(pathOf(hash), { force: true })
        rmSync(incomingOf(hash), { force: true })
        spare.run(hash)
      }
    },

    read: (hash, offset) => readPiece(pathOf(hash), offset, 'evidence-missing'),
  }
}

/** One piece of a file, at most {@link CHUNK_BYTES}. */
export async function readPiece(
  path: string,
  offset: number,
  absent: 'evidence-missing' | 'export-unknown',
): Promise<Result<{ bytes: Uint8Array; size: number }>> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch {
    return fail(absent)
  }
  try {
    const { size } = await handle.stat()
    const bytes = new Uint8Array(Math.max(0, Math.min(CHUNK_BYTES, size - offset)))
    await handle.read(bytes, 0, bytes.byteLength, offset)
    return done({ bytes, size })
  } finally {
    await handle.close()
  }
}
