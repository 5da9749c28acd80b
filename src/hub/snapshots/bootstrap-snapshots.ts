import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScopeHead } from '#contract/hub-link.ts'
import type { LinkAnswer } from '#contract/hub-wire.ts'
import type { BootstrapSnapshotOffer } from '#contract/bootstrap-snapshot.ts'
import { HOUR, MINUTE } from '#domain/durations.ts'
import type { HubLog } from '../log/hub-log.ts'
import { EVERYBODY } from '../log/readers.ts'

/**
 * What a finished bootstrap snapshot holds: the heads of its scopes, and the epoch of the log. `size` and `sha256` are of the
 * packed file, `wholeSize` is the unpacked size; sizes in bytes.
 */
export type MadeReplica = { heads: ScopeHead[]; epoch: string; size: number; wholeSize: number; sha256: string }

/**
 * Makes bootstrap snapshots from what every member may read. It keeps a mirror, a replica that is synchronized before each file is
 * made. The format of a replica is known only to the replica, so the caller provides the maker.
 */
export type ReplicaMaker = {
  /** The format of its files; only devices with the same format can use them. */
  readonly form: string
  /**
   * @param ask answers the mirror's questions to the hub
   * @returns null when there is nothing that a device of this format could begin from
   */
  make(job: { folder: string; file: string; ask(name: string, message: unknown): Promise<LinkAnswer> }): Promise<MadeReplica | null>
  /** Aborts running work. */
  close(): void
}

/** The maximum number of records, over all scopes, that a file may be behind the log: a device pulls these quickly. */
const LAG = 1500
/** With fewer records, pulling the log is as fast. */
const WORTH_FROM = 2000
/** The lag in records, and the minimum interval, at which a file is made in advance. */
const AHEAD = { lag: 500, everyMs: 10 * MINUTE }
/** How long a file is kept for devices that have begun to download it. */
const KEEP_MS = HOUR
/** Bytes between two checks that the reader may still have it. */
const READ_BYTES = 4 * 1024 * 1024

export type BootstrapSnapshotBounds = { worthFrom: number; lag: number; readBytes: number }
const BOUNDS: BootstrapSnapshotBounds = { worthFrom: WORTH_FROM, lag: LAG, readBytes: READ_BYTES }

type Kept = MadeReplica & { path: string; madeAt: number }

export type BootstrapSnapshotParts = {
  folder: string
  maker: ReplicaMaker
  hubId: string
  log: Pick<HubLog, 'headsFor'>
  epoch(): string
  ask(name: string, message: unknown): Promise<LinkAnswer>
  now(): number
  report(level: 'info' | 'warn', message: string, detail: Record<string, unknown>): void
}

/**
 * Bootstrap snapshots: complete replicas for new devices, one file with everything that every member may read. This saves each
 * device from parsing, indexing and counting all records itself.
 */
export function createBootstrapSnapshots(parts: BootstrapSnapshotParts, bounds: BootstrapSnapshotBounds = BOUNDS) {
  const { folder, maker, log, now } = parts
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(files)) rmSync(join(files, name), { force: true })
  /** Oldest first. */
  let kept: Kept[] = []
  let making: Promise<Kept | null> | null = null
  let made = 0
  let closed = false
  let lookedAhead = Number.NEGATIVE_INFINITY

  async function drop(which: (one: Kept) => boolean): Promise<void> {
    const gone = kept.filter(which)
    kept = kept.filter((one) => !gone.includes(one))
    for (const { path } of gone) await rm(path, { force: true })
  }

  /** How many records a file is behind the log; null when it must no longer be handed out to anyone. */
  function lagOf(one: Kept, common: ReadonlyMap<string, number>): number | null {
    if (one.epoch !== parts.epoch()) return null
    const held = new Map(one.heads.map(({ scope, seq }) => [scope, seq]))
    for (const [scope, seq] of held) if ((common.get(scope) ?? -1) < seq) return null
    let lag = 0
    for (const [scope, seq] of common) lag += seq - (held.get(scope) ?? 0)
    return lag
  }

  const commonHeads = async () => new Map((await log.headsFor(EVERYBODY)).map(({ scope, seq }) => [scope, seq]))

  /** Deletes files that contain a scope that not every member may read any more, and files of another epoch. */
  async function weedOut(common: ReadonlyMap<string, number>): Promise<void> {
    await drop((one) => lagOf(one, common) === null)
  }

  async function makeOne(): Promise<Kept | null> {
    const began = performance.now()
    made += 1
    const path = join(files, `${made}.zst`)
    try {
      const replica = await maker.make({ folder, file: path, ask: parts.ask })
      if (!replica) return null
      const one: Kept = { ...replica, path, madeAt: now() }
      kept.push(one)
      parts.report('info', 'A replica for new devices was made', {
        bytes: one.size,
        scopes: one.heads.length,
        seconds: Math.round(performance.now() - began) / 1000,
      })
      return one
    } catch (error) {
      await rm(path, { force: true })
      // Not fatal: devices then begin from the log or its snapshots.
      if (!closed)
        parts.report('warn', 'No replica for new devices could be made', { error: error instanceof Error ? error.message : String(error) })
      return null
    }
  }

  function make(): Promise<Kept | null> {
    if (closed) return Promise.resolve(null)
    making ??= makeOne().finally(() => {
      making = null
    })
    return making
  }

  /** Whether a member may now read every scope of a file. */
  async function mayHave(memberId: string, one: Kept): Promise<boolean> {
    await weedOut(await commonHeads())
    if (!kept.includes(one)) return false
    const readable = new Set((await log.headsFor(memberId)).map(({ scope }) => scope))
    return one.heads.every(({ scope }) => readable.has(scope))
  }

  const worth = (common: ReadonlyMap<string, number>) => [...common.values()].reduce((sum, seq) => sum + seq, 0) >= bounds.worthFrom

  return {
    /**
     * Offers a file to begin from; makes one when there is no recent file.
     * @param form the format that the device can use
     * @param having the file that it has begun to download
     * @returns null when the device should begin without one
     */
    async offer(memberId: string, form: string, having: string | null): Promise<BootstrapSnapshotOffer | null> {
      if (form !== maker.form) return null
      const common = await commonHeads()
      await weedOut(common)
      if (!worth(common)) return null
      // No file is made for a member who may not read what everyone may.
      const readable = new Set((await log.headsFor(memberId)).map(({ scope }) => scope))
      if (![...common.keys()].every((scope) => readable.has(scope))) return null
      const begun = kept.find((one) => one.sha256 === having)
      const newest = kept.at(-1)
      const fresh = newest && (lagOf(newest, common) ?? Number.POSITIVE_INFINITY) <= bounds.lag ? newest : null
      const one = begun ?? fresh ?? (await make())
      if (!one || !(await mayHave(memberId, one))) return null
      return { id: one.sha256, size: one.size, wholeSize: one.wholeSize, hubId: parts.hubId, epoch: one.epoch }
    },

    /**
     * The bytes of an offered file from an offset; they end early when the reader loses access.
     * @param stillIn whether the session of the reader is valid
     * @returns null when there is no such file, or the member may not have it
     */
    async read(
      memberId: string,
      id: string,
      offset: number,
      stillIn: () => Promise<boolean>,
    ): Promise<{ size: number; bytes: AsyncGenerator<Uint8Array> } | null> {
      const one = kept.find(({ sha256 }) => sha256 === id)
      if (!one || offset >= one.size || !(await mayHave(memberId, one))) return null
      const found = one
      async function* bytes(): AsyncGenerator<Uint8Array> {
        const handle = await open(found.path, 'r')
        try {
          for (let at = offset; at < found.size;) {
            const piece = new Uint8Array(Math.min(bounds.readBytes, found.size - at))
            const { bytesRead } = await handle.read(piece, 0, piece.byteLength, at)
            // Checked after reading, so that a member who just lost a scope gets nothing more.
            if (bytesRead === 0 || !(await stillIn()) || !(await mayHave(memberId, found)))
              throw new Error('This file is not to be had any more')
            at += bytesRead
            yield piece.subarray(0, bytesRead)
          }
        } finally {
          await handle.close()
        }
      }
      return { size: one.size, bytes: bytes() }
    },

    /** Makes a file in advance, at intervals, while the log moves. */
    async prebuildBootstrap(): Promise<void> {
      if (now() - lookedAhead < AHEAD.everyMs) return
      const common = await commonHeads()
      await weedOut(common)
      const newest = kept.at(-1)
      if (!worth(common) || (newest && (lagOf(newest, common) ?? AHEAD.lag) < AHEAD.lag)) return
      lookedAhead = now()
      await make()
    },

    /** Deletes files past their retention, except the newest. */
    async sweep(): Promise<void> {
      const newest = kept.at(-1)
      await drop((one) => one !== newest && now() - one.madeAt > KEEP_MS)
    },

    async close(): Promise<void> {
      closed = true
      maker.close()
      await making
    },
  }
}

export type BootstrapSnapshots = ReturnType<typeof createBootstrapSnapshots>
