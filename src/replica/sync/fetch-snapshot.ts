import { createHash } from 'node:crypto'
import { closeSync, createReadStream, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { pipeline } from 'node:stream/promises'
import { LinkDown, type HubLink, type SnapshotOffer } from '#contract/hub-link.ts'
import { readSnapshotLine, type SnapshotEntity } from '#contract/snapshot-line.ts'

const READ_BYTES = 1024 * 1024

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(path), digest)
  return digest.digest('hex')
}

const ENDING = '.snapshot'
const beginningOf = (scope: string) => `${scope.replace(':', '_')}.`

/**
 * Fetches an offered snapshot in pieces into a file of the folder, resuming an interrupted download.
 * @param onProgress called after each piece is written
 * @returns the file, checked against its SHA-256; null if the offer has expired
 */
export async function fetchSnapshot(link: HubLink, offer: SnapshotOffer, folder: string, onProgress: () => void): Promise<string | null> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${beginningOf(offer.scope)}${offer.sha256}${ENDING}`)
  if (sizeOf(path) > offer.size) rmSync(path)
  const handle = await open(path, 'a')
  try {
    for (let offset = sizeOf(path); offset < offer.size;) {
      const piece = await link.readSnapshot(offer, offset)
      if (!piece || piece.byteLength === 0 || offset + piece.byteLength > offer.size) {
        await handle.close()
        rmSync(path, { force: true })
        return null
      }
      for (let written = 0; written < piece.byteLength;)
        written += (await handle.write(piece, written, piece.byteLength - written)).bytesWritten
      offset += piece.byteLength
      onProgress()
    }
  } finally {
    await handle.close().catch(() => undefined)
  }
  if ((await digestOf(path)) === offer.sha256) return path
  rmSync(path, { force: true })
  throw new LinkDown('the snapshot is not what was offered')
}

/** The entities of a snapshot file, one at a time. @throws if a line is not an entity */
export function* readSnapshot(path: string): Generator<SnapshotEntity> {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(READ_BYTES)
    const decoder = new StringDecoder('utf8')
    let rest = ''
    for (;;) {
      const read = readSync(file, buffer, 0, READ_BYTES, null)
      const lines = (rest + (read === 0 ? decoder.end() : decoder.write(buffer.subarray(0, read)))).split('\n')
      rest = lines.pop() ?? ''
      if (read === 0 && rest !== '') lines.push(rest)
      for (const line of lines) {
        if (line === '') continue
        const entity = readSnapshotLine(line)
        if (!entity) throw new LinkDown('the snapshot cannot be read')
        yield entity
      }
      if (read === 0) return
    }
  } finally {
    closeSync(file)
  }
}

/**
 * Deletes incomplete snapshots of all scopes except these: they contain content of scopes that may no longer be read (P10).
 */
export function clearSnapshots(folder: string, except: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (name.endsWith(ENDING) && !except.some((scope) => name.startsWith(beginningOf(scope)))) rmSync(join(folder, name), { force: true })
  }
}
