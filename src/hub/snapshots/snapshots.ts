import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isPrivateScope } from '#domain/log/ids.ts'
import { PIECE_BYTES, type ScopeHead, type SnapshotOffer } from '#contract/hub-link.ts'
import { HOUR } from '#domain/durations.ts'
import { UnreadableRow } from '../database/unreadable.ts'

/** From this many records on, a new device is offered a snapshot instead of the log. */
export const SNAPSHOT_FROM = 2000
/** A snapshot is reused while the log is ahead by fewer records than this, and for this long. */
const REUSE_RECORDS = 20_000
const KEEP_MS = HOUR

/** From how many records a snapshot is offered, and the size of a piece, bytes. */
export type SnapshotBounds = { from: number; pieceBytes: number }

const BOUNDS: SnapshotBounds = { from: SNAPSHOT_FROM, pieceBytes: PIECE_BYTES }

type Made = { offer: SnapshotOffer; path: string; madeAt: number }

export type SnapshotSource = {
  mayRead(memberId: string, scope: string): Promise<boolean>
  head(scope: string): Promise<{ seq: number; hash: string } | null>
  /** Whether the log lacks the snapshot's head because it went back to an older state since. */
  lacks(heads: readonly ScopeHead[]): Promise<boolean>
  /** Walks the entities of a scope at one moment, and returns the head at that moment. */
  walk(scope: string, each: (line: string) => Promise<void>): Promise<{ seq: number; hash: string }>
}

export type Snapshots = {
  /**
   * Offers a snapshot; null when the log is short, the scope is unreadable for the member, or it is private: a snapshot would
   * lack the refusals.
   */
  offer(memberId: string, scope: string): Promise<SnapshotOffer | null>
  /** A piece of an offered snapshot; null at the end, or when the member may no longer read it. */
  read(memberId: string, offer: SnapshotOffer, offset: number): Promise<Uint8Array | null>
  /** Deletes files past their retention. */
  sweep(): Promise<void>
}

/**
 * Snapshots of a scope for devices that would otherwise pull the whole log. Each is written to a file once and sent in pieces, so
 * that a device can resume after a lost connection.
 */
export function createSnapshots(folder: string, source: SnapshotSource, now: () => number, bounds = BOUNDS): Snapshots {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true })
  const made = new Map<string, Promise<Made>>()

  async function make(scope: string): Promise<Made> {
    const path = join(folder, `${randomUUID()}.jsonl`)
    const handle = await open(path, 'wx')
    const digest = createHash('sha256')
    let size = 0
    let kept: string[] = []
    let length = 0
    const flush = async () => {
      if (kept.length === 0) return
      const bytes = Buffer.from(kept.join(''))
      kept = []
      length = 0
      digest.update(bytes)
      size += bytes.byteLength
      await handle.write(bytes)
    }
    try {
      const { seq, hash } = await source.walk(scope, async (line) => {
        kept.push(line, '\n')
        length += line.length
        if (length >= PIECE_BYTES) await flush()
      })
      await flush()
      return { offer: { scope, seq, hash, size, sha256: digest.digest('hex') }, path, madeAt: now() }
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await handle.close()
    }
  }

  async function drop(scope: string, one: Promise<Made>): Promise<void> {
    if (made.get(scope) === one) made.delete(scope)
    const { path } = await one
    await rm(path, { force: true })
  }

  return {
    async offer(memberId: string, scope: string): Promise<SnapshotOffer | null> {
      if (isPrivateScope(scope)) return null
      if (!(await source.mayRead(memberId, scope))) return null
      const head = await source.head(scope)
      if (!head || head.seq < bounds.from) return null
      const known = made.get(scope)
      if (known) {
        const { offer, madeAt } = await known
        if (head.seq - offer.seq < REUSE_RECORDS && now() - madeAt < KEEP_MS && !(await source.lacks([offer]))) return offer
        await drop(scope, known)
      }
      const fresh = make(scope)
      made.set(scope, fresh)
      fresh.catch(() => made.delete(scope))
      try {
        return (await fresh).offer
      } catch (error) {
        // The log itself is complete; the device begins from that.
        if (error instanceof UnreadableRow) return null
        throw error
      }
    },

    async read(memberId: string, offer: SnapshotOffer, offset: number): Promise<Uint8Array | null> {
      const known = await made.get(offer.scope)
      if (!known || known.offer.sha256 !== offer.sha256 || !(await source.mayRead(memberId, offer.scope))) return null
      const handle = await open(known.path, 'r').catch(() => null)
      if (!handle) return null
      try {
        const bytes = new Uint8Array(Math.max(0, Math.min(bounds.pieceBytes, known.offer.size - offset)))
        const { bytesRead } = await handle.read(bytes, 0, bytes.byteLength, offset)
        return bytes.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },

    async sweep(): Promise<void> {
      for (const [scope, one] of made) if (now() - (await one).madeAt > KEEP_MS) await drop(scope, one)
    },
  }
}
