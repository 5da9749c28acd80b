import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const BLOCK = Buffer.alloc(4096, 0x5a)

/** A file to which blocks of 4 KB are written and synced: the minimum cost of a durable commit on this disk. */
export function openBareFile(folder: string): { writeAndSync(): void; close(): void } {
  const file = openSync(join(folder, 'bare'), 'w')
  return {
    writeAndSync() {
      writeSync(file, BLOCK)
      fdatasyncSync(file)
    },
    close: () => closeSync(file),
  }
}
