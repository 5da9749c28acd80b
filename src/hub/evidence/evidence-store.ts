import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { PIECE_BYTES } from '#contract/hub-link.ts'

/** Largest file taken, bytes; the same as at the replica. */
export const EVIDENCE_MAX = 512 * 1024 * 1024
export const STALE_MS = 7 * 24 * 3_600_000

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

/** Does one thing after the other for each file: two devices may send the same one at once. */
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

/** Evidence at the hub, wherever it is kept. */
export type EvidenceStore = {
  /**
   * Whether a file is whole, and how much of it is there.
   * @param by the member who sends it, or asks
   */
  find(hash: string, by: string): Promise<Received>
  /** One piece of a whole file, at most {@link PIECE_BYTES}; null when there is none. */
  read(hash: string, offset: number): Promise<Uint8Array | null>
  /** Adds a piece where the file ends so far; a piece that belongs elsewhere changes nothing and tells where it goes on. */
  write(hash: string, by: string, size: number, offset: number, piece: Uint8Array): Promise<Received>
  /** How much of a file a member has brought, whatever others have. */
  findBrought(hash: string, by: string): Promise<Received>
  /** Like `write`, from a member who has to show that they have the file: it is taken whole, though it may be here. */
  bring(hash: string, by: string, size: number, offset: number, piece: Uint8Array): Promise<Received>
  /** Forgets uploads that nobody has gone on with for a week. */
  sweep(): Promise<void>
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
      // Not what it was said to be: it starts over.
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
    /** The files that are whole. */
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
