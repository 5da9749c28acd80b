import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Result } from '#contract/failures.ts'
import { failed } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'
import type { WorkspaceClient } from './workspace-client.ts'

export type Exported = { exportId: string; fileName: string; size: number; mime: string }

/** Hands over an export piece by piece. */
export async function readPieces(
  client: WorkspaceClient,
  exported: Exported,
  take: (bytes: Uint8Array) => Promise<unknown>,
): Promise<Result<null>> {
  let offset = 0
  while (offset < exported.size) {
    const piece = await client.call('exports.read', { exportId: exported.exportId, offset })
    if (!piece.ok) return piece
    if (piece.value.bytes.byteLength === 0) return failed('export-unknown') as Result<null>
    await take(piece.value.bytes)
    offset += piece.value.bytes.byteLength
  }
  return { ok: true, value: null }
}

/** Writes beside the target and renames, so that the target is always a complete file. */
export async function writeWhole(client: WorkspaceClient, exported: Exported, target: string): Promise<Outcome | null> {
  const partial = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.part`)
  try {
    const file = await open(partial, 'wx')
    try {
      const read = await readPieces(client, exported, (bytes) => file.appendFile(bytes))
      if (!read.ok) return read
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, target)
    return null
  } catch (error) {
    return failed('file-not-written', { file: target, detail: error instanceof Error ? error.message : String(error) })
  } finally {
    await rm(partial, { force: true })
  }
}
