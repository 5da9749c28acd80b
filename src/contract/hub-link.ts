import type { LogRecord } from '#domain/log/record.ts'
import type { ReadingEnded } from '#domain/log/signed-head.ts'
import type { Result } from './failures.ts'
import type { LinkTrouble } from './link-trouble.ts'
import type { PresencePlace, PresenceView, TeamCallInput, TeamCallName, TeamCallOutput } from './team-api.ts'

/** Where a scope's log stands at the hub. */
export type ScopeHead = { scope: string; seq: number; hash: string }

/** Who says hello: the device, what it holds, and its clock, so that the offset between the clocks can be told. */
export type Hello = { replicaId: string; cursors: readonly ScopeHead[]; sentAt: number }

export type Welcome = {
  /** Stays the same for the life of a team's log; another one is another team. */
  hubId: string
  /** Changes when the hub's log was restored from a backup. */
  epoch: string
  /** The hub's clock when it answered, milliseconds since 1970. */
  hubTime: number
  /** The scopes this session may read, and where they stand. That one is not among them says nothing by itself. */
  scopes: ScopeHead[]
  /** Scopes of the hello that this member may no longer read, each with the hub's signature under the record that ended it. */
  ended: SignedEnding[]
  /** Scopes of the hello whose cursor does not lie on the hub's log: it was restored from a backup, or is another. */
  diverged: string[]
  /** How long a device may show data without having met the hub, hours. */
  leaseHours: number
  /** The hub's signature over each head, by scope, with the key of the team (see `signed-heads.ts`). */
  signatures: Record<string, string>
  /** 1 where the signatures do not speak of the epoch, which was so at first. */
  signatureFormat: 1 | 2
  /** Ed25519 public key of the hub, SPKI in base64. */
  publicKey: string
}

/** See {@link ReadingEnded}; the signature is over `readingEndedText`. */
export type SignedEnding = ReadingEnded & { signature: string }

/** A head that a hub has signed together with its epoch, for showing it to the hub again. */
export type ShownHead = ScopeHead & { epoch: string; signature: string }

/** What became of each op of a push, in order: the record that the hub has durably stored for it. */
export type PushReply = { records: LogRecord[] }

export type PullReply = { records: LogRecord[]; more: boolean }

/** A scope as it stands, one line of JSON per entity, in a file that can be fetched in pieces. */
export type SnapshotOffer = { scope: string; seq: number; hash: string; size: number; sha256: string }

/** Bounds of one batch on the link (sync study, "Large batch"). */
export const BATCH_OPS = 500
export const BATCH_LENGTH = 256 * 1024
/** Records that travel with the word of them, and how long they may be together, UTF-16 units. */
export const TOLD_RECORDS = 50
export const TOLD_LENGTH = 32 * 1024
/** Heads that are shown to a hub at once; one that it lacks would do. */
export const SHOWN_HEADS = 200
/** Bytes of one piece of a file on the link. */
export const PIECE_BYTES = 256 * 1024

/**
 * How a replica reaches its hub. The in-memory link of one machine and the socket of a team implement it alike. Every method
 * may fail by rejecting with a {@link LinkDown}, and then whatever was sent is sent again, and the hub knows it by its opId;
 * or with a {@link LinkRefused}, and then trying again is of no use until a person has done something.
 */
export type HubLink = {
  /** Why the last try to reach the hub failed, where that is known and somebody can do something about it. */
  trouble?(): LinkTrouble | null
  hello(hello: Hello): Promise<Welcome>
  /**
   * Shows the hub heads that it signed and that its log does not bear out: it has gone back to an older state without knowing.
   * @returns whether it begins a new epoch for it; then everybody says hello again
   */
  showHeads(heads: readonly ShownHead[]): Promise<{ begun: boolean }>
  /** Durable before it resolves. */
  push(ops: readonly string[]): Promise<PushReply>
  pull(scope: string, afterSeq: number, limit: number): Promise<PullReply>
  /** A snapshot of a scope to begin from, or null when the log is short enough to be pulled. */
  offerSnapshot(scope: string): Promise<SnapshotOffer | null>
  /** A piece of an offered snapshot; null when the offer is over and another must be asked for. */
  readSnapshot(offer: SnapshotOffer, offset: number): Promise<Uint8Array | null>
  /** Whether the hub holds an evidence file whole, and how much of it otherwise. */
  findEvidence(hash: string): Promise<{ whole: boolean; received: number }>
  readEvidence(hash: string, offset: number): Promise<Uint8Array | null>
  /** Adds a piece at the end of what the hub has received; `whole` once the content fits its hash. */
  writeEvidence(hash: string, size: number, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<{ whole: boolean; received: number }>
  /** A call that only the hub can answer: invites, sessions, tokens. */
  ask<Name extends TeamCallName>(name: Name, input: TeamCallInput<Name>): Promise<Result<TeamCallOutput<Name>>>
  /** Says where this member's attention is; null for nowhere. Never stored. */
  look(place: PresencePlace | null): void
  /**
   * Told that scopes have advanced, and what came in where that is little: a wake-up, never a guarantee. Records that do not
   * follow on what is held are of no use; the pull brings them.
   */
  onAdvance(listener: (heads: readonly ScopeHead[], records: readonly LogRecord[]) => void): () => void
  /** Told that what this session may read has changed, or the line has come back: say hello again. */
  onAccess(listener: () => void): () => void
  /** Who else is here, whole, at most twice a second. */
  onPresence(listener: (present: readonly PresenceView[]) => void): () => void
  close(): void
}

/** The link is down for now; what was sent may or may not have arrived. */
export class LinkDown extends Error {
  override readonly name = 'LinkDown'
}

/**
 * Why the hub turns a session away. Closed list, worded in every language.
 * `session-unknown` sign in again · `session-revoked` this device was signed out · `member-revoked` · `contract-ended` the
 * vendor's period is over · `protocol-older` / `protocol-newer` this app is older / newer than the hub can serve ·
 * `wrong-hub` the certificate or the log is not that of the team · `cloned` another device runs with a copy of this data folder.
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

/** The hub has answered, and the answer is no. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused'
  readonly reason: LinkRefusal
  constructor(reason: LinkRefusal) {
    super(reason)
    this.reason = reason
  }
}
