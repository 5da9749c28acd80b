import { randomUUID } from 'node:crypto'
import { createWriteStream, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { basename, join } from 'node:path'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import { readPiece } from '#replica/evidence/evidence-files.ts'
import { done, type Result } from '#contract/failures.ts'
import { openReadOnly } from '#storage/open-database.ts'
import { HUB_FILE, REPLICA_FILE } from './open-files.ts'

const TABLES: readonly [string, string][] = [
  [HUB_FILE, 'record'],
  [REPLICA_FILE, 'record'],
  [REPLICA_FILE, 'outbox'],
  [REPLICA_FILE, 'attention'],
]

/** An op's text with personal data masked; text that is no JSON is masked as a whole. */
function maskBytes(bytes: string): string {
  try {
    return JSON.stringify(maskValues(JSON.parse(bytes) as unknown))
  } catch {
    return maskPersonal(bytes)
  }
}

function* readableLines(dataFolder: string, masked: boolean): Generator<string> {
  for (const [file, table] of TABLES) {
    const opened = openReadOnly(join(dataFolder, file))
    if (!opened.ok) {
      yield `${JSON.stringify({ file, table, problem: opened.trouble.detail })}\n`
      continue
    }
    try {
      // Row by row: a damaged page costs the rows behind it in this table, not the other tables.
      for (const row of opened.db.prepare<[], { bytes: string }>(`SELECT * FROM ${table}`).iterate())
        yield `${JSON.stringify({ file, table, ...row, ...(masked ? { bytes: maskBytes(row.bytes) } : {}) })}\n`
    } catch (error) {
      yield `${JSON.stringify({ file, table, problem: error instanceof Error ? error.message : '' })}\n`
    } finally {
      opened.db.close()
    }
  }
}

/**
 * Everything readable of a data folder, one JSON object per line: the log and the outbox.
 * @param masked false only if the database is damaged: the rescued data may be all that is left, and its hashes must stay valid
 */
export async function writeReadable(dataFolder: string, path: string, masked: boolean): Promise<void> {
  await pipeline(Readable.from(readableLines(dataFolder, masked)), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
}

export type ReadableExport = { exportId: string; fileName: string; size: number }

export type ReadableExports = {
  /** @param masked see {@link writeReadable} */
  make(masked: boolean): Promise<ReadableExport>
  /** The answer to a call about an export, or null if the export is not one of these. */
  answer(call: string, exportId: string | undefined, offset: number): Promise<Result<unknown>> | null
  close(): void
}

/** Readable exports of this process: written beside the damaged folder, fetched in pieces like any export, deleted at the end. */
export function createReadableExports(dataFolder: string): ReadableExports {
  const paths = new Map<string, string>()
  return {
    async make(masked) {
      const exportId = randomUUID()
      const path = join(tmpdir(), `stormroom-${exportId}.jsonl`)
      await writeReadable(dataFolder, path, masked)
      paths.set(exportId, path)
      return { exportId, fileName: `stormroom-${basename(dataFolder)}.jsonl`, size: statSync(path).size }
    },
    answer(call, exportId, offset) {
      const path = exportId === undefined ? undefined : paths.get(exportId)
      if (exportId === undefined || path === undefined) return null
      if (call !== 'exports.forget') return readPiece(path, offset, 'export-unknown')
      paths.delete(exportId)
      rmSync(path, { force: true })
      return Promise.resolve(done(null))
    },
    /** An export of a damaged folder is as confidential as the folder, so it is deleted. */
    close() {
      for (const path of paths.values()) rmSync(path, { force: true })
    },
  }
}
