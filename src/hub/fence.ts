import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ScopeHead } from '#contract/hub-link.ts'

const FENCE = 'hub-fence.json'
/** A log that goes back loses its newest records, so the scopes that moved last are enough to detect it. */
const KEPT_HEADS = 8
const WRITE_MS = 500

const AcknowledgedHeads = z.object({
  hubId: z.string(),
  epoch: z.string(),
  heads: z.array(z.object({ scope: z.string(), seq: z.int().min(1), hash: z.string() })).max(1000),
})

/** The heads that this hub acknowledged last, and their epoch. */
export type Acknowledged = z.infer<typeof AcknowledgedHeads>

function read(file: string): Acknowledged | null {
  try {
    return AcknowledgedHeads.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // There is no file yet, or it is truncated: only the devices can detect that the log went back.
    return null
  }
}

export type Fence = {
  /** Notes heads that were announced. */
  note: (moved: readonly ScopeHead[]) => void
  /** The epoch of the noted heads; empty before the first. */
  epoch: () => string
  heads: () => ScopeHead[]
  /** Continues in another epoch, from the current heads. */
  begin(next: string, now: readonly ScopeHead[]): void
  close(): void
}

/**
 * Keeps the last acknowledged heads in a file beside the database, to detect a database that was reset to an older state or a
 * standby that took over while lagging. Written shortly after commits, not with each: devices know the heads that a lost machine
 * did not write.
 */
export function createFence(folder: string, hubId: string, onFault: (error: unknown) => void): Fence {
  const file = join(folder, FENCE)
  const fresh = `${file}.${process.pid}.new`
  const found = read(file)
  const kept = found?.hubId === hubId ? found : null
  let epoch = kept?.epoch ?? ''
  const heads = new Map((kept?.heads ?? []).map((head) => [head.scope, head]))
  let timer: NodeJS.Timeout | null = null

  function write(): void {
    if (timer) clearTimeout(timer)
    timer = null
    try {
      writeFileSync(fresh, JSON.stringify({ hubId, epoch, heads: [...heads.values()] } satisfies Acknowledged))
      renameSync(fresh, file)
    } catch (error) {
      rmSync(fresh, { force: true })
      onFault(error)
    }
  }

  function note(moved: readonly ScopeHead[]): void {
    for (const { scope, seq, hash } of moved) {
      const before = heads.get(scope)
      if (before && before.seq >= seq) continue
      heads.delete(scope)
      heads.set(scope, { scope, seq, hash })
    }
    for (const scope of heads.keys()) {
      if (heads.size <= KEPT_HEADS) break
      heads.delete(scope)
    }
    timer ??= setTimeout(write, WRITE_MS).unref()
  }

  return {
    note,
    epoch: () => epoch,
    heads: (): ScopeHead[] => [...heads.values()],

    begin(next: string, now: readonly ScopeHead[]): void {
      epoch = next
      heads.clear()
      note(now.slice(-KEPT_HEADS))
      write()
    },

    close(): void {
      if (timer) write()
    },
  }
}
