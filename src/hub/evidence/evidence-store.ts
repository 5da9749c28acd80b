import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { PIECE_BYTES } from '#contract/hub-link.ts'

/** Largest file taken, bytes; the same as at the replica. */
export const EVIDENCE_MAX = 512 * 1024 * 1024
const STALE_MS = 7 * 24 * 3_600_000

export type Received = { whole: boolean; received: number }

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  )
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Evidence at the hub, by the SHA-256 of its content under `ab/abcdef…`, as at the replica: an app that hosts its team keeps
 * each file once. A file has its name only when it is whole, checked and on disk; until then it grows in `incoming`, for each
 * member who sends it apart: what one of them sends wrong takes nothing away from another.
 */
export function createEvidenceStore(folders: { evidence: string; incoming: string }, now: () => number) {
  mkdirSync(folders.evidence, { recursive: true })
  mkdirSync(folders.incoming, { recursive: true })
  const pathOf = (hash: string) => join(folders.evidence, hash.slice(0, 2), hash)
  const incomingOf = (hash: string, by: string) => join(folders.incoming, `${hash}.${by}`)
  /** Files that somebody is adding to: two devices may send the same file at once. */
  const busy = new Map<string, Promise<unknown>>()

  function inTurn<T>(hash: string, work: () => Promise<T>): Promise<T> {
    const before = busy.get(hash) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => undefined)
    busy.set(hash, settled)
    void settled.then(() => {
      if (busy.get(hash) === settled) busy.delete(hash)
    })
    return mine
  }

  /** @param by the member who sends it, or asks */
  async function find(hash: string, by: string): Promise<Received> {
    const whole = await sizeOf(pathOf(hash))
    return whole === null ? { whole: false, received: (await sizeOf(incomingOf(hash, by))) ?? 0 } : { whole: true, received: whole }
  }

  async function complete(hash: string, by: string): Promise<Received> {
    const digest = createHash('sha256')
    await pipeline(createReadStream(incomingOf(hash, by)), digest)
    if (digest.digest('hex') !== hash) {
      // Not what it was said to be: it starts over.
      await rm(incomingOf(hash, by), { force: true })
      return { whole: false, received: 0 }
    }
    const handle = await open(incomingOf(hash, by), 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    const folder = join(folders.evidence, hash.slice(0, 2))
    mkdirSync(folder, { recursive: true })
    await rename(incomingOf(hash, by), pathOf(hash))
    await syncFolder(folder)
    await syncFolder(folders.evidence)
    return find(hash, by)
  }

  return {
    find,
    has: (hash: string) => existsSync(pathOf(hash)),
    /** One piece of a whole file, at most {@link PIECE_BYTES}; null when there is none. */
    async read(hash: string, offset: number): Promise<Uint8Array | null> {
      const handle = await open(pathOf(hash), 'r').catch(() => null)
      if (!handle) return null
      try {
        const { size } = await handle.stat()
        const bytes = new Uint8Array(Math.max(0, Math.min(PIECE_BYTES, size - offset)))
        const { bytesRead } = await handle.read(bytes, 0, bytes.byteLength, offset)
        return bytes.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
    /** Adds a piece where the file ends so far; a piece that belongs elsewhere changes nothing and tells where it goes on. */
    write: (hash: string, by: string, size: number, offset: number, piece: Uint8Array): Promise<Received> =>
      inTurn(hash, async () => {
        const known = await find(hash, by)
        if (known.whole || size > EVIDENCE_MAX || offset !== known.received || offset + piece.byteLength > size) return known
        const handle = await open(incomingOf(hash, by), 'a')
        try {
          for (let written = 0; written < piece.byteLength; ) written += (await handle.write(piece, written, piece.byteLength - written)).bytesWritten
        } finally {
          await handle.close()
        }
        return offset + piece.byteLength === size ? complete(hash, by) : find(hash, by)
      }),
    /** Forgets uploads that nobody has gone on with for a week. */
    async sweep(): Promise<void> {
      for (const name of await readdir(folders.incoming)) {
        const path = join(folders.incoming, name)
        const found = await stat(path).catch(() => null)
        if (found && now() - found.mtimeMs > STALE_MS) await rm(path, { force: true })
      }
    },
  }
}

export type EvidenceStore = ReturnType<typeof createEvidenceStore>
