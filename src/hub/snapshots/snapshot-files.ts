import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LinkAnswer } from '#contract/hub-wire.ts'
import type { MadeReplica, ReplicaMaker } from './replica-maker.ts'

export type SnapshotFile = MadeReplica & { path: string; madeAt: number }

export type SnapshotFilesParts = {
  folder: string
  maker: ReplicaMaker
  ask(name: string, message: unknown): Promise<LinkAnswer>
  now(): number
  report(level: 'info' | 'warn', message: string, detail: Record<string, unknown>): void
}

/** The files made by this process; those of earlier ones are deleted. One is made at a time. */
export type SnapshotFiles = {
  /** Oldest first. */
  all(): readonly SnapshotFile[]
  drop(which: (one: SnapshotFile) => boolean): Promise<void>
  /** Makes a file, or waits for the one being made. @returns null when none could be made */
  make(): Promise<SnapshotFile | null>
  close(): Promise<void>
}

export function createSnapshotFiles({ folder, maker, ask, now, report }: SnapshotFilesParts): SnapshotFiles {
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(files)) rmSync(join(files, name), { force: true })
  let kept: SnapshotFile[] = []
  let making: Promise<SnapshotFile | null> | null = null
  let made = 0
  let closed = false

  async function makeOne(): Promise<SnapshotFile | null> {
    const began = performance.now()
    made += 1
    const path = join(files, `${made}.zst`)
    try {
      const replica = await maker.make({ folder, file: path, ask: ask })
      if (!replica) return null
      const one: SnapshotFile = { ...replica, path, madeAt: now() }
      kept.push(one)
      report('info', 'A replica for new devices was made', {
        bytes: one.size,
        scopes: one.heads.length,
        seconds: Math.round(performance.now() - began) / 1000,
      })
      return one
    } catch (error) {
      await rm(path, { force: true })
      // Not fatal: devices then begin from the log or its snapshots.
      if (!closed)
        report('warn', 'No replica for new devices could be made', { error: error instanceof Error ? error.message : String(error) })
      return null
    }
  }

  return {
    all: () => kept,

    async drop(which) {
      const gone = kept.filter(which)
      kept = kept.filter((one) => !gone.includes(one))
      for (const { path } of gone) await rm(path, { force: true })
    },

    make() {
      if (closed) return Promise.resolve(null)
      making ??= makeOne().finally(() => {
        making = null
      })
      return making
    },

    async close() {
      closed = true
      maker.close()
      await making
    },
  }
}

/**
 * The bytes of a file from an offset, in pieces.
 * @param mayGoOn asked after each piece is read; false ends the reading with an error
 */
export async function* readSnapshotFile(
  { path, size }: SnapshotFile,
  offset: number,
  pieceBytes: number,
  mayGoOn: () => Promise<boolean>,
): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    for (let at = offset; at < size;) {
      const piece = new Uint8Array(Math.min(pieceBytes, size - at))
      const { bytesRead } = await handle.read(piece, 0, piece.byteLength, at)
      // Checked after reading, so that a member who just lost a scope gets nothing more.
      if (bytesRead === 0 || !(await mayGoOn())) throw new Error('This file is not to be had any more')
      at += bytesRead
      yield piece.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
