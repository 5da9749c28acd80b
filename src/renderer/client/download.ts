import type { ApiClient } from '#contract/api.ts'
import { done, type Result } from '#contract/failures.ts'
import { MINUTE } from '#domain/durations.ts'

/** The replica's description of an export file. */
export type MadeExport = { exportId: string; fileName: string; size: number; mime?: string }

/**
 * Reads an export in pieces and offers it as a download; the replica then deletes it.
 * @param onProgress called with the fraction read, 0 to 1
 */
export async function downloadExport(client: ApiClient, made: MadeExport, onProgress?: (fraction: number) => void): Promise<Result<null>> {
  const parts: BlobPart[] = []
  for (let offset = 0; offset < made.size;) {
    const piece = await client.call('exports.read', { exportId: made.exportId, offset })
    if (!piece.ok) return piece
    if (piece.value.bytes.byteLength === 0) break
    parts.push(new Uint8Array(piece.value.bytes))
    offset += piece.value.bytes.byteLength
    onProgress?.(Math.min(1, offset / made.size))
  }
  saveBlob(new Blob(parts, { type: made.mime ?? 'application/octet-stream' }), made.fileName)
  await client.call('exports.forget', { exportId: made.exportId })
  return done(null)
}

/** Offers a blob as a download under the given name. */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  document.body.append(link)
  link.click()
  link.remove()
  // The URL must stay valid until the download has begun.
  setTimeout(() => URL.revokeObjectURL(url), MINUTE)
}
