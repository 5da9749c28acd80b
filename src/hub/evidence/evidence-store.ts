import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { PIECE_BYTES } from '#contract/hub-link.ts'
import { DAY } from '#domain/durations.ts'

/** Maximum file size, bytes; the same as at the replica. */
export const EVIDENCE_MAX = 512 * 1024 * 1024
export const STALE_MS = 7 * DAY

const HASH = /^[0-9a-f]{64}$/u

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

/** Serializes work per file: two devices may send the same file at once. */
export function inTurns() {
  const busy = new Map<string, Promise<unknown>>()
  return function inTurn<T>(hash: string, work: () => Promise<T>): Promise<T> {
    const before = busy.get(hash) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => undefined)
    busy.set(hash, settled)
    void settled.then(() => {
      if (busy.get(hash) === settled) busy.delete(hash)
    })
    return mine
  }
}

/** The evidence files of the hub, independent of where they are stored. */
export type EvidenceStore = {
  /**
   * Whether a file is complete, and how much of it is stored.
   * @param by the member who sends or asks
   */
  find(hash: string, by: string): Promise<Received>
  /** One piece of a complete file, at most {@link PIECE_BYTES}; null when there is none. */
  read(hash: string, offset: number): Promise<Uint8Array | null>
  /** Appends a piece at the current end; a piece for another offset changes nothing and returns the expected offset. */
  write(hash: string, by: string, size: number, offset: number, piece: Uint8Array): Promise<Received>
  /** How much of a file a member has uploaded, regardless of others. */
  findBrought(hash: string, by: string): Promise<Received>
  /** Like `write`, for a member who must prove that they have the file: takes the whole upload even if the file is already stored. */
  bring(hash: string, by: string, size: number, offset: number, piece: Uint8Array): Promise<Received>
  /** Deletes uploads without progress for a week. */
  sweep(): Promise<void>
}

/**
 * Evidence at the hub, by the SHA-256 of its content under `ab/abcdef…`, as at the replica: an app that hosts its team stores each
 * file once. A file gets its name only when it is complete, verified and on disk; until then it is in `incoming`, separate for each
 * sender, so that one member's bad upload does not affect another's.
 */
export function createEvidenceStore(folders: { evidence: string; incoming: string }, now: () => number) {
  mkdirSync(folders.evidence, { recursive: true })
  mkdirSync(folders.incoming, { recursive: true })
  const pathOf = (hash: string) => join(folders.evidence, hash.slice(0, 2), hash)
  const incomingOf = (hash: string, memberId: string) => join(folders.incoming, `${hash}.${memberId}`)
  const inTurn = inTurns()

  const findBrought = async (hash: string, memberId: string): Promise<Received> => ({
    whole: false,
    received: (await sizeOf(incomingOf(hash, memberId))) ?? 0,
  })

  async function find(hash: string, memberId: string): Promise<Received> {
    const whole = await sizeOf(pathOf(hash))
    return whole === null ? findBrought(hash, memberId) : { whole: true, received: whole }
  }

  async function complete(hash: string, memberId: string, size: number): Promise<Received> {
    const path = incomingOf(hash, memberId)
    const digest = createHash('sha256')
    await pipeline(createReadStream(path), digest)
    if (digest.digest('hex') !== hash) {
      // The content does not match the hash: the upload starts over.
      await rm(path, { force: true })
      return { whole: false, received: 0 }
    }
    if ((await sizeOf(pathOf(hash))) === size) {
      await rm(path, { force: true })
      return { whole: true, received: size }
    }
    const handle = await open(path, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    const folder = join(folders.evidence, hash.slice(0, 2))
    mkdirSync(folder, { recursive: true })
    await rename(path, pathOf(hash))
    await syncFolder(folder)
    await syncFolder(folders.evidence)
    return { whole: true, received: size }
  }

  async function add(hash: string, memberId: string, size: number, offset: number, piece: Uint8Array): Promise<Received> {
    const known = await findBrought(hash, memberId)
    if (size > EVIDENCE_MAX || offset !== known.received || offset + piece.byteLength > size) return known
    const handle = await open(incomingOf(hash, memberId), 'a')
    try {
      for (let written = 0; written < piece.byteLength;)
        written += (await handle.write(piece, written, piece.byteLength - written)).bytesWritten
    } finally {
      await handle.close()
    }
    return offset + piece.byteLength === size ? complete(hash, memberId, size) : findBrought(hash, memberId)
  }

  return {
    find,
    /** The hashes of the complete files. */
    async names(): Promise<string[]> {
      return (await readdir(folders.evidence, { recursive: true })).map((path) => basename(path)).filter((name) => HASH.test(name))
    },
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
    findBrought,
    write: (hash: string, memberId: string, size: number, offset: number, piece: Uint8Array): Promise<Received> =>
      inTurn(hash, async () => {
        const known = await find(hash, memberId)
        return known.whole ? known : add(hash, memberId, size, offset, piece)
      }),
    bring: (hash: string, memberId: string, size: number, offset: number, piece: Uint8Array): Promise<Received> =>
      inTurn(hash, () => add(hash, memberId, size, offset, piece)),
    async sweep(): Promise<void> {
      for (const name of await readdir(folders.incoming)) {
        const path = join(folders.incoming, name)
        const found = await stat(path).catch(() => null)
        if (found && now() - found.mtimeMs > STALE_MS) await rm(path, { force: true })
      }
    },
  }
}
