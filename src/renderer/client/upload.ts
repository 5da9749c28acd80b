import type { ApiClient } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { CHUNK_BYTES } from '#contract/file-api.ts'

/**
 * Uploads a file to the replica in pieces of 256 KB.
 * @param onProgress called with the fraction that has arrived, 0 to 1
 * @param signal aborts the upload; the replica discards what it has received
 * @returns the upload id for `evidence.keep` or an import; `file-changed` if the file could not be read to its end
 */
export async function uploadFile(
  client: ApiClient,
  file: File,
  onProgress?: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<Result<{ uploadId: string }>> {
  const begun = await client.call('files.begin', { name: file.name.slice(-200) || 'file', size: file.size, mime: file.type.slice(0, 100) })
  if (!begun.ok) return begun
  const { uploadId } = begun.value
  for (let offset = 0; offset < file.size; offset += CHUNK_BYTES) {
    const bytes = signal?.aborted ? null : await readPiece(file, offset)
    if (bytes === null) {
      await client.call('files.cancel', { uploadId })
      return fail(signal?.aborted ? 'upload-unknown' : 'file-changed')
    }
    const written = await client.call('files.write', { uploadId, offset, bytes })
    if (!written.ok) return written
    onProgress?.((offset + bytes.byteLength) / file.size)
  }
  return done({ uploadId })
}

/** Null if the browser refuses to read the file, because it was changed or removed after it was chosen. */
async function readPiece(file: File, offset: number): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.slice(offset, offset + CHUNK_BYTES).arrayBuffer())
  } catch {
    return null
  }
}
