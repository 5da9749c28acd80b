import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { done, fail, type Result } from '#contract/failures.ts'
import { readPiece } from '../evidence/evidence-files.ts'

export type MadeExport = { exportId: string; path: string; fileName: string; mime: string }

/** Characters that some system refuses in a file name. */
const FORBIDDEN = /[\u0000-\u001f<>:"/\\|?*]+/gu

/** Exports on their way out: written to a temporary file, read in pieces, forgotten. */
export function createExportFiles(folder: string, uuid: () => string) {
  const made = new Map<string, MadeExport>()
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    // Another process may be handing out younger ones.
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > 24 * 3_600_000) rmSync(path, { force: true })
  }

  return {
    create(fileName: string, mime: string): MadeExport {
      mkdirSync(folder, { recursive: true })
      const exportId = uuid()
      const entry = { exportId, path: join(folder, exportId), fileName: fileName.replaceAll(FORBIDDEN, '_').slice(0, 150), mime }
      made.set(exportId, entry)
      return entry
    },
    finish: ({ exportId, path, fileName, mime }: MadeExport) => ({ exportId, fileName, size: statSync(path).size, mime }),
    read(exportId: string, offset: number): Promise<Result<{ bytes: Uint8Array; size: number }>> {
      const entry = made.get(exportId)
      return entry ? readPiece(entry.path, offset, 'export-unknown') : Promise.resolve(fail('export-unknown'))
    },
    async forget(exportId: string): Promise<Result<null>> {
      const entry = made.get(exportId)
      made.delete(exportId)
      if (entry) await rm(entry.path, { force: true })
      return done(null)
    },
  }
}

export type ExportFiles = ReturnType<typeof createExportFiles>
