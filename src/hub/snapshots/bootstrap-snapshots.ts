import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScopeHead } from '#contract/hub-link.ts'
import type { LinkAnswer } from '#contract/hub-wire.ts'
import type { BootstrapSnapshotOffer } from '#contract/bootstrap-snapshot.ts'
import type { HubLog } from '../log/hub-log.ts'
import { EVERYBODY } from '../log/readers.ts'

/**
 * What a finished file holds: where each of its scopes stands, and which life of the log it is from. The file is packed: `size`
 * and `sha256` are its own, `wholeSize` is that of what comes out of it, bytes.
 */
export type MadeReplica = { heads: ScopeHead[]; epoch: string; size: number; wholeSize: number; sha256: string }

/**
 * Makes replicas for new devices out of what every member may read. It keeps a mirror: a replica of its own that is brought in
 * step before each file. What a replica is only the replica knows, so whoever runs the hub brings this along.
 */
export type ReplicaMaker = {
  /** Which devices can use its files: those of the same form. */
  readonly form: string
  /**
   * @param ask answers the mirror's questions to the hub
   * @returns null when there is nothing that a device of this form could begin from
   */
  make(job: { folder: string; file: string; ask(name: string, message: unknown): Promise<LinkAnswer> }): Promise<MadeReplica | null>
  /** Gives up what is under way. */
  close(): void
}

/** By how many records the log may have moved on in all for a file to be handed out still: what a device pulls in no time. */
const LAG = 1500
/** Below this many records a device is as quick with the log itself. */
const WORTH_FROM = 2000
/** From how many records of lag on, and how seldom, a file is made before anybody asks. */
const AHEAD = { lag: 500, everyMs: 10 * 60_000 }
/** How long a file stays for whoever has begun to fetch it. */
const KEEP_MS = 60 * 60_000
/** Between two looks whether the reader still may have it. */
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
 * Replicas that are ready to be used, for devices that have nothing yet: one file with all that every member may read, instead of
 * parsing, indexing and counting it all anew on each device.
 */
export function createBootstrapSnapshots(parts: BootstrapSnapshotParts, bounds: BootstrapSnapshotBounds = BOUNDS) {
  const { folder, maker, log, now } = parts
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(files)) rmSync(join(files, name), { force: true })
  /** Newest last. */
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

  /** How far the log has moved on since a file was made; null when it must not be handed out any more, to anybody. */
  function lagOf(one: Kept, common: ReadonlyMap<string, number>): number | null {
    if (one.epoch !== parts.epoch()) return null
    const held = new Map(one.heads.map(({ scope, seq }) => [scope, seq]))
    for (const [scope, seq] of held) if ((common.get(scope) ?? -1) < seq) return null
    let lag = 0
    for (const [scope, seq] of common) lag += seq - (held.get(scope) ?? 0)
    return lag
  }

  const commonHeads = async () => new Map((await log.headsFor(EVERYBODY)).map(({ scope, seq }) => [scope, seq]))

  /** Throws away what holds a scope that not every member may read any more, and what is of another life of the log. */
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
      // Nobody is without help: devices begin from the log or its snapshots then.
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

  /** Whether a member may read every scope of a file, now. */
  async function mayHave(memberId: string, one: Kept): Promise<boolean> {
    await weedOut(await commonHeads())
    if (!kept.includes(one)) return false
    const readable = new Set((await log.headsFor(memberId)).map(({ scope }) => scope))
    return one.heads.every(({ scope }) => readable.has(scope))
  }

  const worth = (common: ReadonlyMap<string, number>) => [...common.values()].reduce((sum, seq) => sum + seq, 0) >= bounds.worthFrom

  return {
    /**
     * A file to begin from, made for this purpose if there is none that is fresh.
     * @param form what the device can use
     * @param having what it has begun to fetch already
     * @returns null when the device does better without
     */
    async offer(memberId: string, form: string, having: string | null): Promise<BootstrapSnapshotOffer | null> {
      if (form !== maker.form) return null
      const common = await commonHeads()
      await weedOut(common)
      if (!worth(common)) return null
      // Who may not even read what everybody may is not waited for.
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
     * The bytes of an offered file from an offset on; they end early when the reader must not have more.
     * @param stillIn whether the session of the reader stands
     * @returns null when there is no such file, or none for this member
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
            // Asked after the reading: who has just lost a scope gets nothing more.
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

    /** Makes a file before anybody asks for one, now and then, while the log moves. */
    async prebuildBootstrap(): Promise<void> {
      if (now() - lookedAhead < AHEAD.everyMs) return
      const common = await commonHeads()
      await weedOut(common)
      const newest = kept.at(-1)
      if (!worth(common) || (newest && (lagOf(newest, common) ?? AHEAD.lag) < AHEAD.lag)) return
      lookedAhead = now()
      await make()
    },

    /** Forgets files that have been kept long enough; the newest stays. */
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
