import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { refuse } from '../table-problem.ts'

export interface OpenFile {
  readonly handle: FileHandle
  /** Bytes when opened; nothing beyond is read, even if the file grows meanwhile. */
  readonly size: number
}

/** Opens a regular file for reading; never waits on a pipe or device. Refuses: file-missing, file-unreadable, not-a-file, empty-file. */
export async function openFile(path: string): Promise<OpenFile> {
  let handle: FileHandle
  try {
    // Opening a named pipe would wait for a writer for ever; Windows has neither the pipe nor the flag.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return refuse(reason === 'ENOENT' || reason === 'ENOTDIR' ? 'file-missing' : 'file-unreadable', { reason })
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) refuse('not-a-file')
    if (stat.size === 0) refuse('empty-file')
    return { handle, size: stat.size }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The first `length` bytes, or fewer if the file is shorter. */
export async function readHead(file: OpenFile, length: number): Promise<Buffer> {
  const head = Buffer.alloc(Math.min(length, file.size))
  let filled = 0
  while (filled < head.length) {
    const { bytesRead } = await file.handle.read(head, filled, head.length - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return head.subarray(0, filled)
}

const CHUNK_BYTES = 256 * 1024

/** The whole file in order, in chunks of at most 256 KiB. Each chunk is a buffer of its own. */
export async function* readChunks(file: OpenFile): AsyncGenerator<Buffer> {
  for (let position = 0; position < file.size;) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, file.size - position))
    const { bytesRead } = await file.handle.read(chunk, 0, chunk.length, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield chunk.subarray(0, bytesRead)
  }
}
