import type { LogRecord } from '#domain/log/record.ts'

/** Where a scope's log stands at the hub. */
export type ScopeHead = { scope: string; seq: number; hash: string }

export type Welcome = {
  /** Changes when the hub's log was restored from a backup; cursors of another epoch are compared by hash first. */
  epoch: string
  /** The hub's clock at the handshake, milliseconds since 1970. */
  hubTime: number
  /** The scopes this session may read, and where they stand. */
  scopes: ScopeHead[]
}

/** What became of each op of a push, in order: the record that the hub has durably stored for it. */
export type PushReply = { records: LogRecord[] }

export type PullReply = { records: LogRecord[]; more: boolean }

/** Bounds of one batch on the link (sync study, "Large batch"). */
export const BATCH_OPS = 500
export const BATCH_LENGTH = 256 * 1024

/**
 * How a replica reaches its hub. The in-memory link of one machine and the socket of a team implement it alike. Every method
 * may fail by rejecting with a {@link LinkDown}; whatever was sent then is sent again, and the hub knows it by its opId.
 */
export type HubLink = {
  hello(): Promise<Welcome>
  /** Durable before it resolves. */
  push(ops: readonly string[]): Promise<PushReply>
  pull(scope: string, afterSeq: number, limit: number): Promise<PullReply>
  /** Told that scopes have advanced: a wake-up, never a guarantee. */
  onAdvance(listener: (heads: readonly ScopeHead[]) => void): () => void
  close(): void
}

/** The link is down for now; what was sent may or may not have arrived. */
export class LinkDown extends Error {
  override readonly name = 'LinkDown'
}
