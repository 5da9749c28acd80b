import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, readdirSync, readSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openReadOnly } from '#storage/open-database.ts'
import { openScrubThread, type ScrubThread } from '#replica/store/scrub-apart.ts'
import { holdsScopes } from '#replica/store/scrub.ts'
import { REPLICA_FILE } from './open-files.ts'

/** Suffixes of the files beside a database. */
const BESIDE = ['-wal', '-shm'] as const
const READ_BYTES = 1024 * 1024

export type CopiesEdge = {
  worker: URL
  /** Called for each backup whose files were rewritten. */
  onRewritten(id: string): void
  /** True once nothing more should be started. */
  stopped(): boolean
}

function remove(file: string): void {
  for (const suffix of [...BESIDE, '']) rmSync(file + suffix, { force: true })
}

/** Whether a file contains any of the texts as raw bytes, for a file that is no valid database. */
function holdsBytes(file: string, texts: readonly string[]): boolean {
  if (!existsSync(file)) return false
  const longest = Math.max(...texts.map((text) => Buffer.byteLength(text)))
  const opened = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(READ_BYTES + longest)
    let kept = 0
    for (;;) {
      const read = readSync(opened, buffer, kept, READ_BYTES, null)
      const piece = buffer.subarray(0, kept + read)
      if (texts.some((text) => piece.includes(text))) return true
      if (read === 0) return false
      kept = Math.min(longest, piece.length)
      buffer.copyWithin(0, piece.length - kept, piece.length)
    }
  } finally {
    closeSync(opened)
  }
}

/** False only if it is certain. */
function mayHold(file: string, scopes: readonly string[]): boolean {
  const before = BESIDE.filter((suffix) => existsSync(file + suffix))
  const opened = openReadOnly(file)
  if (!opened.ok) return true
  try {
    return holdsScopes(opened.db, scopes)
  } catch {
    return true
  } finally {
    opened.db.close()
    for (const suffix of BESIDE) if (!before.includes(suffix)) rmSync(file + suffix, { force: true })
  }
}

/**
 * Removes scopes from one copy of the replica. It is rewritten beside and then renamed into place; a copy that is no valid
 * database is deleted if it contains them.
 * @returns the result; `busy` has to be retried
 */
async function forgetIn(
  folder: string,
  scopes: readonly string[],
  thread: ScrubThread,
): Promise<'untouched' | 'rewritten' | 'removed' | 'busy'> {
  const file = join(folder, REPLICA_FILE)
  const fresh = `${file}.fresh`
  remove(fresh)
  if (!existsSync(file) || !mayHold(file, scopes)) return 'untouched'
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, fresh + suffix)
  const result = await thread.scrub(fresh, scopes)
  if (result === 'clean') {
    for (const suffix of BESIDE) rmSync(fresh + suffix, { force: true })
    const written = openSync(fresh, 'r+')
    fsyncSync(written)
    closeSync(written)
    // The old write-ahead log is deleted first: beside the new file it would restore the old pages.
    for (const suffix of BESIDE) rmSync(file + suffix, { force: true })
    renameSync(fresh, file)
    return 'rewritten'
  }
  remove(fresh)
  if (result === 'busy') return 'busy'
  if (!['', '-wal'].some((suffix) => holdsBytes(file + suffix, scopes))) return 'untouched'
  remove(file)
  return 'removed'
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : [])) : []
}

/**
 * Removes scopes that this device may no longer hold from every backup and from the files that a restore set aside (P10).
 * @returns false if something has to be retried
 * @throws what the file system throws, such as when the disk is full
 */
export async function forgetInCopies(dataFolder: string, scopes: readonly string[], edge: CopiesEdge): Promise<boolean> {
  const thread = openScrubThread(edge.worker)
  let whole = true
  try {
    for (const place of ['backups', 'set-aside']) {
      for (const id of foldersIn(join(dataFolder, place))) {
        if (edge.stopped()) return false
        const folder = join(dataFolder, place, id)
        const became = await forgetIn(folder, scopes, thread)
        if (became === 'busy') whole = false
        if (place !== 'backups') continue
        if (became === 'rewritten') edge.onRewritten(id)
        // A backup without its replica is useless.
        if (became === 'removed') rmSync(folder, { recursive: true, force: true })
      }
    }
  } finally {
    await thread.end()
  }
  return whole
}
