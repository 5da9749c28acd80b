import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ScopeHead } from '#contract/hub-link.ts'

const FENCE = 'hub-fence.json'
/** A log that goes back loses what it took in last: the scopes that moved last tell. */
const KEPT_HEADS = 8
const WRITE_MS = 500

const AcknowledgedHeads = z.object({
  hubId: z.string(),
  epoch: z.string(),
  heads: z.array(z.object({ scope: z.string(), seq: z.int().min(1), hash: z.string() })).max(1000),
})

/** What this hub acknowledged last, and in which epoch. */
export type Acknowledged = z.infer<typeof AcknowledgedHeads>

function read(file: string): Acknowledged | null {
  try {
    return AcknowledgedHeads.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // None yet, or one that was cut off: then the devices alone can tell.
    return null
  }
}

/**
 * Keeps in a file beside the database what was acknowledged last: a database that is put back to an older state, or a standby that
 * takes over and lagged, lacks it. Written soon after, not with every commit: what a lost machine did not write any more, the
 * devices know.
 */
export function createFence(folder: string, hubId: string, onFault: (error: unknown) => void) {
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
    /** Notes where scopes stand that somebody was told of. */
    note,
    /** The epoch in which the heads were noted; empty before anything was. */
    epoch: () => epoch,
    heads: (): ScopeHead[] => [...heads.values()],

    /** Goes on in another epoch, from where the log stands now. */
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

export type Fence = ReturnType<typeof createFence>
