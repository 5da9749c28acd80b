import type { LogRecord } from '#domain/log/record.ts'
import type { ReadingEnded } from '#domain/log/signed-head.ts'
import type { Result } from './failures.ts'
import type { LinkTrouble } from './link-trouble.ts'
import type { PresenceFocus, PresenceView, TeamCallInput, TeamCallName, TeamCallOutput } from './team-api.ts'

/** The head of a scope's log at the hub. */
export type ScopeHead = { scope: string; seq: number; hash: string }

/** The first message of a device: its id, its cursors, and its clock, from which the clock offset is computed. */
export type Hello = { replicaId: string; cursors: readonly ScopeHead[]; sentAt: number }

export type Welcome = {
  /** Constant for the life of a team's log; a different id means a different team. */
  hubId: string
  /** Changes when the hub's log was restored from a backup. */
  epoch: string
  /** The hub's clock when it answered, milliseconds since 1970. */
  hubTime: number
  /** The scopes that this session may read, with their heads. A missing scope is no proof of anything. */
  scopes: ScopeHead[]
  /** Scopes of the hello that this member may no longer read, each with the hub's signature over the record that ended access. */
  ended: SignedEnding[]
  /** Scopes of the hello whose cursor is not on the hub's log: the log was restored from a backup, or is a different one. */
  diverged: string[]
  /** How long a device may show data without contact to the hub, hours. */
  leaseHours: number
  /** The hub's signature over each head, by scope, with the key of the team (see `signed-heads.ts`). */
  signatures: Record<string, string>
  /** 1: the signatures do not cover the epoch, as in the first format. */
  signatureFormat: 1 | 2
  /** Ed25519 public key of the hub, SPKI in base64. */
  publicKey: string
}

/** See {@link ReadingEnded}; the signature is over `readingEndedText`. */
export type SignedEnding = ReadingEnded & { signature: string }

/** A head that a hub signed together with its epoch; devices present it to the hub as proof. */
export type ShownHead = ScopeHead & { epoch: string; signature: string }

/** The result of each op of a push, in order: the record that the hub has durably stored for it. */
export type PushReply = { records: LogRecord[] }

export type PullReply = { records: LogRecord[]; more: boolean }

/** The current state of a scope, one line of JSON per entity, as a file to download in pieces. */
export type SnapshotOffer = { scope: string; seq: number; hash: string; size: number; sha256: string }

/** Limits of one batch on the link (sync study, "Large batch"). */
export const BATCH_OPS = 500
export const BATCH_LENGTH = 256 * 1024
/** Limits for records that are sent along with an advance notification: their number, and their total length in UTF-16 code units. */
export const TOLD_RECORDS = 50
export const TOLD_LENGTH = 32 * 1024
/** Maximum number of heads presented to a hub at once; a single one that the hub lacks is enough. */
export const SHOWN_HEADS = 200
/** Bytes of one piece of a file on the link. */
export const PIECE_BYTES = 256 * 1024

/**
 * How a replica reaches its hub. Implemented by the in-memory link of one machine and by the socket of a team. Every method
 * may reject with {@link LinkDown}: the replica sends the data again, and the hub recognizes it by its opId. It may also
 * reject with {@link LinkRefused}: retrying is useless until a person has acted.
 */
export type HubLink = {
  /** Why the last attempt to reach the hub failed, if the cause is known and a person can act on it. */
  trouble?(): LinkTrouble | null
  hello(hello: Hello): Promise<Welcome>
  /**
   * Presents heads that the hub signed but its log does not contain, which means that it was restored to an older state
   * unnoticed.
   * @returns whether the hub begins a new epoch; then every device says hello again
   */
  showHeads(heads: readonly ShownHead[]): Promise<{ begun: boolean }>
  /** Durable before it resolves. */
  push(ops: readonly string[]): Promise<PushReply>
  pull(scope: string, afterSeq: number, limit: number): Promise<PullReply>
  /** A snapshot of a scope to start from, or null when the log is short enough to pull. */
  offerSnapshot(scope: string): Promise<SnapshotOffer | null>
  /** A piece of an offered snapshot; null when the offer has expired and a new one must be requested. */
  readSnapshot(offer: SnapshotOffer, offset: number): Promise<Uint8Array | null>
  /** Whether the hub has an evidence file completely, and otherwise how much of it. */
  findEvidence(hash: string): Promise<{ whole: boolean; received: number }>
  readEvidence(hash: string, offset: number): Promise<Uint8Array | null>
  /** Appends a piece to what the hub has received; `whole` once the content matches its hash. */
  writeEvidence(hash: string, size: number, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<{ whole: boolean; received: number }>
  /** A call that only the hub can answer: invites, sessions, tokens. */
  ask<Name extends TeamCallName>(name: Name, input: TeamCallInput<Name>): Promise<Result<TeamCallOutput<Name>>>
  /** Sends this member's presence focus; null for none. Never stored. */
  look(place: PresenceFocus | null): void
  /**
   * Called when scopes have advanced, with the new records if they are few: a wake-up, never a guarantee. Records that do
   * not follow the local cursor are ignored; the pull fetches them.
   */
  onAdvance(listener: (heads: readonly ScopeHead[], records: readonly LogRecord[]) => void): () => void
  /** Called when this session's read access has changed, or the connection is back: say hello again. */
  onAccess(listener: () => void): () => void
  /** The complete list of present members, at most twice a second. */
  onPresence(listener: (present: readonly PresenceView[]) => void): () => void
  close(): void
}

/** The link is down for now; sent data may or may not have arrived. */
export class LinkDown extends Error {
  override readonly name = 'LinkDown'
}

/**
 * Why the hub refuses a session. Closed list with a text in every language.
 * `session-unknown` sign in again · `session-revoked` this device was signed out · `member-revoked` · `contract-ended` the
 * vendor's period is over · `protocol-older` / `protocol-newer` this app is older / newer than the hub supports ·
 * `wrong-hub` certificate or log is not the team's · `cloned` another device runs with a copy of this data folder.
 */
export const LINK_REFUSALS = [
  'session-unknown',
  'session-revoked',
  'member-revoked',
  'contract-ended',
  'protocol-older',
  'protocol-newer',
  'wrong-hub',
  'cloned',
] as const
export type LinkRefusal = (typeof LINK_REFUSALS)[number]

/** The hub answered and refused. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused'
  readonly reason: LinkRefusal
  constructor(reason: LinkRefusal) {
    super(reason)
    this.reason = reason
  }
}
