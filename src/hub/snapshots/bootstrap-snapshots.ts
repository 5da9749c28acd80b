import type { BootstrapSnapshotOffer } from '#contract/bootstrap-snapshot.ts'
import { HOUR, MINUTE } from '#domain/durations.ts'
import type { HubLog } from '../log/hub-log.ts'
import { EVERYBODY } from '../log/readers.ts'
import { createSnapshotFiles, readSnapshotFile, type SnapshotFile, type SnapshotFilesParts } from './snapshot-files.ts'

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

export type BootstrapSnapshotParts = SnapshotFilesParts & {
  hubId: string
  log: Pick<HubLog, 'headsFor'>
  epoch(): string
}

export type BootstrapSnapshots = {
  /**
   * Offers a file to begin from; makes one when there is no recent file.
   * @param form the format that the device can use
   * @param having the file that it has begun to download
   * @returns null when the device should begin without one
   */
  offer(memberId: string, form: string, having: string | null): Promise<BootstrapSnapshotOffer | null>
  /**
   * The bytes of an offered file from an offset; they end early when the reader loses access.
   * @param stillIn whether the session of the reader is valid
   * @returns null when there is no such file, or the member may not have it
   */
  read(
    memberId: string,
    id: string,
    offset: number,
    stillIn: () => Promise<boolean>,
  ): Promise<{ size: number; bytes: AsyncGenerator<Uint8Array> } | null>
  /** Makes a file in advance, at intervals, while the log moves. */
  prebuildBootstrap(): Promise<void>
  /** Deletes files past their retention, except the newest. */
  sweep(): Promise<void>
  close: () => Promise<void>
}

/**
 * Bootstrap snapshots: complete replicas for new devices, one file with everything that every member may read. This saves each
 * device from parsing, indexing and counting all records itself.
 */
export function createBootstrapSnapshots(parts: BootstrapSnapshotParts, bounds: BootstrapSnapshotBounds = BOUNDS): BootstrapSnapshots {
  const { maker, log, now } = parts
  const files = createSnapshotFiles(parts)
  let lookedAhead = Number.NEGATIVE_INFINITY

  /** How many records a file is behind the log; null when it must no longer be handed out to anyone. */
  function lagOf(one: SnapshotFile, common: ReadonlyMap<string, number>): number | null {
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
    await files.drop((one) => lagOf(one, common) === null)
  }

  /** Whether a member may now read every scope of a file. */
  async function mayHave(memberId: string, one: SnapshotFile): Promise<boolean> {
    await weedOut(await commonHeads())
    if (!files.all().includes(one)) return false
    const readable = new Set((await log.headsFor(memberId)).map(({ scope }) => scope))
    return one.heads.every(({ scope }) => readable.has(scope))
  }

  const worth = (common: ReadonlyMap<string, number>) => [...common.values()].reduce((sum, seq) => sum + seq, 0) >= bounds.worthFrom

  return {
    async offer(memberId: string, form: string, having: string | null): Promise<BootstrapSnapshotOffer | null> {
      if (form !== maker.form) return null
      const common = await commonHeads()
      await weedOut(common)
      if (!worth(common)) return null
      // No file is made for a member who may not read what everyone may.
      const readable = new Set((await log.headsFor(memberId)).map(({ scope }) => scope))
      if (![...common.keys()].every((scope) => readable.has(scope))) return null
      const begun = files.all().find((one) => one.sha256 === having)
      const newest = files.all().at(-1)
      const fresh = newest && (lagOf(newest, common) ?? Number.POSITIVE_INFINITY) <= bounds.lag ? newest : null
      const one = begun ?? fresh ?? (await files.make())
      if (!one || !(await mayHave(memberId, one))) return null
      return { id: one.sha256, size: one.size, wholeSize: one.wholeSize, hubId: parts.hubId, epoch: one.epoch }
    },

    async read(
      memberId: string,
      id: string,
      offset: number,
      stillIn: () => Promise<boolean>,
    ): Promise<{ size: number; bytes: AsyncGenerator<Uint8Array> } | null> {
      const one = files.all().find(({ sha256 }) => sha256 === id)
      if (!one || offset >= one.size || !(await mayHave(memberId, one))) return null
      const mayGoOn = async () => (await stillIn()) && (await mayHave(memberId, one))
      return { size: one.size, bytes: readSnapshotFile(one, offset, bounds.readBytes, mayGoOn) }
    },

    async prebuildBootstrap(): Promise<void> {
      if (now() - lookedAhead < AHEAD.everyMs) return
      const common = await commonHeads()
      await weedOut(common)
      const newest = files.all().at(-1)
      if (!worth(common) || (newest && (lagOf(newest, common) ?? AHEAD.lag) < AHEAD.lag)) return
      lookedAhead = now()
      await files.make()
    },

    async sweep(): Promise<void> {
      const newest = files.all().at(-1)
      await files.drop((one) => one !== newest && now() - one.madeAt > KEEP_MS)
    },

    close: files.close,
  }
}
