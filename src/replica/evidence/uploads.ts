import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { done, fail, type Result } from '#contract/failures.ts'

export type TakenFile = { path: string; name: string; mime: string; size: number }

type Upload = { id: string; path: string; name: string; mime: string; size: number; received: number; handle: FileHandle }

/** Files that a screen sends in pieces. */
export type Uploads = {
  /** Begins an upload. @param size bytes */
  begin(name: string, size: number, mime: string): Promise<Result<{ uploadId: string }>>
  write(uploadId: string, offset: number, bytes: Uint8Array): Promise<Result<{ received: number }>>
  cancel(uploadId: string): Promise<void>
  /** Completes an upload and returns its file. */
  finish(uploadId: string): Promise<Result<TakenFile>>
  /** Deletes uploads of earlier runs. */
  clearUploads(): void
}

/** @param now milliseconds since 1970, to find the uploads of earlier runs */
export function createUploads(folder: string, now: () => number): Uploads {
  const uploads = new Map<string, Upload>()
  return {
    async begin(name, size, mime) {
      mkdirSync(folder, { recursive: true })
      const id = randomUUID()
      const path = join(folder, id)
      uploads.set(id, { id, path, name: basename(name), mime, size, received: 0, handle: await open(path, 'wx') })
      return done({ uploadId: id })
    },

    async write(uploadId, offset, bytes) {
      const upload = uploads.get(uploadId)
      if (!upload) return fail('upload-unknown')
      if (offset !== upload.received || offset + bytes.byteLength > upload.size)
        return fail('upload-out-of-order', { received: upload.received })
      upload.received += bytes.byteLength
      try {
        // A full disk writes a part and reports it only in the count.
        for (let written = 0; written < bytes.byteLength;)
          written += (await upload.handle.write(bytes, written, bytes.byteLength - written, offset + written)).bytesWritten
      } catch (error) {
        upload.received = offset
        throw error
      }
      return done({ received: upload.received })
    },

    async cancel(uploadId) {
      const upload = uploads.get(uploadId)
      uploads.delete(uploadId)
      await upload?.handle.close()
      if (upload) await rm(upload.path, { force: true })
    },

    async finish(uploadId) {
      const upload = uploads.get(uploadId)
      if (!upload) return fail('upload-unknown')
      if (upload.received !== upload.size) return fail('upload-out-of-order', { received: upload.received })
      uploads.delete(uploadId)
      await upload.handle.close()
      const { path, name, mime, size } = upload
      return done({ path, name, mime, size })
    },

    clearUploads() {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name)
        if (now() - statSync(path).mtimeMs > 24 * 3_600_000) rmSync(path, { force: true })
      }
    },
  }
}
