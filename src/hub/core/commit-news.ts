import type { LogRecord } from '#domain/log/record.ts'
import type { AnnouncedHead } from '../log/hub-log.ts'
import type { AccessChange } from '../log/readers.ts'

/**
 * What a commit changed. `records`: the records that links may be sent at once and whose refused reveals are noted; empty for ops
 * that this hub submits itself.
 */
export type Committed = { heads: readonly AnnouncedHead[]; access: readonly AccessChange[]; records: readonly LogRecord[] }

/** Announces the commits of this node to the parts of its hub. */
export type CommitNews = {
  /** Calls every listener, in the order in which they began to listen. */
  tell(committed: Committed): void
  listen(listener: (committed: Committed) => void): void
  /** Says that other nodes or processes wrote to these scopes, or that the log is another one (`all`). */
  tellElsewhere(scopes: readonly string[] | 'all'): void
  listenElsewhere(listener: (scopes: readonly string[] | 'all') => void): void
}

export function createCommitNews(): CommitNews {
  const listeners: ((committed: Committed) => void)[] = []
  const elsewhere: ((scopes: readonly string[] | 'all') => void)[] = []
  return {
    tell(committed) {
      for (const listener of listeners) listener(committed)
    },
    listen: (listener) => void listeners.push(listener),
    tellElsewhere(scopes) {
      for (const listener of elsewhere) listener(scopes)
    },
    listenElsewhere: (listener) => void elsewhere.push(listener),
  }
}
