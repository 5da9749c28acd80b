import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { done, fail, type Result } from '#contract/failures.ts'
import { DAY } from '#domain/durations.ts'
import { readPiece } from '../evidence/evidence-files.ts'
import { fileNameFor } from './file-name.ts'

export type MadeExport = { exportId: string; path: string; fileName: string; mime: string }

export type ExportFiles = {
  /** Creates a path for a new export. @param ending file extension without its dot */
  create(title: string, ending: string, mime: string): MadeExport
  finish(made: MadeExport): { exportId: string; fileName: string; size: number; mime: string }
  read(exportId: string, offset: number): Promise<Result<{ bytes: Uint8Array; size: number }>>
  forget(exportId: string): Promise<Result<null>>
  /** Deletes all exports not yet fetched: they may contain something that this device may no longer read. */
  forgetAll(): void
  close(): void
}

/** Exports older than this were left by a process that has ended. */
const LEFT_BEHIND_MS = DAY

/**
 * Exports in transit: written to a temporary file, read in pieces, deleted.
 * @param kept folder for them, beside the data; null if the data folder cannot be written: then a folder of this process's own,
 * which no other user of the machine can open or create first
 */
export function createExportFiles(kept: string | null, uuid: () => string): ExportFiles {
  const made = new Map<string, MadeExport>()
  let own: string | null = null
  const emptyKept = (isDue: (path: string) => boolean) => {
    for (const name of kept !== null && existsSync(kept) ? readdirSync(kept) : []) {
      const path = join(kept ?? '', name)
      if (isDue(path)) rmSync(path, { force: true })
    }
  }
  const removeOwn = () => {
    if (own !== null) rmSync(own, { recursive: true, force: true })
    own = null
  }
  function folder(): string {
    if (kept !== null) {
      mkdirSync(kept, { recursive: true, mode: 0o700 })
      return kept
    }
    if (own === null) {
      own = mkdtempSync(join(tmpdir(), 'stormroom-exports-'))
      process.once('exit', removeOwn)
    }
    return own
  }
  // Another process may be serving younger ones.
  emptyKept((path) => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > LEFT_BEHIND_MS)

  return {
    create(title, ending, mime) {
      const exportId = uuid()
      const entry = { exportId, path: join(folder(), exportId), fileName: fileNameFor(title, ending), mime }
      made.set(exportId, entry)
      return entry
    },
    finish: ({ exportId, path, fileName, mime }) => ({ exportId, fileName, size: statSync(path).size, mime }),
    read(exportId, offset) {
      const entry = made.get(exportId)
      return entry ? readPiece(entry.path, offset, 'export-unknown') : Promise.resolve(fail('export-unknown'))
    },
    async forget(exportId) {
      const entry = made.get(exportId)
      made.delete(exportId)
      if (entry) await rm(entry.path, { force: true })
      return done(null)
    },
    forgetAll() {
      made.clear()
      emptyKept(() => true)
      removeOwn()
    },
    close() {
      removeOwn()
      process.removeListener('exit', removeOwn)
    },
  }
}
