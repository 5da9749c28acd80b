import { z } from 'zod'
import { ScopeId, Uuid } from '#domain/log/ids.ts'
import { LogRecord } from '#domain/log/record.ts'
import { MAX_OP_LENGTH } from '#domain/log/op.ts'
import { BATCH_OPS, LINK_REFUSALS, PIECE_BYTES, SHOWN_HEADS, TOLD_RECORDS } from './hub-link.ts'
import { PresenceFocus } from './team-api.ts'

/**
 * Version of the messages between replica and hub. A hub supports its own version and the previous one; other versions are
 * refused at the handshake, before any data is exchanged (sync study, "Unknown op versions").
 */
export const HUB_PROTOCOL = 2
export const OLDEST_PROTOCOL = 1
/** From this version on a hub states why a scope is not listed, signs the epoch, and accepts heads that it signed. */
export const PROOF_PROTOCOL = 2

/** Path of the socket at the hub. */
export const HUB_SOCKET_PATH = '/link'
/** Maximum size of one message, bytes: a full batch of ops in UTF-8, or a piece of a file, with a margin. */
export const HUB_MESSAGE_LIMIT = 2 * 1024 * 1024

/** Credentials of a replica at the handshake. */
export const LinkAuth = z.strictObject({ protocol: z.int().min(1), token: z.string().min(20).max(200), version: z.string().max(40) })

const Scope = z.string().refine((text) => ScopeId.safeParse(text).success)
const Seq = z.int().min(0)
const Sha = z.string().regex(/^[0-9a-f]{64}$/)
const Head = z.strictObject({ scope: Scope, seq: Seq, hash: Sha })
const Bytes = z.instanceof(Uint8Array)

export const HelloMessage = z.strictObject({ replicaId: Uuid, cursors: z.array(Head).max(20_000), sentAt: z.int() })
export const PushMessage = z.strictObject({
  ops: z
    .array(z.string().max(MAX_OP_LENGTH * 2))
    .min(1)
    .max(BATCH_OPS),
})
export const PullMessage = z.strictObject({ scope: Scope, afterSeq: Seq, limit: z.int().min(1).max(BATCH_OPS) })
export const SnapshotMessage = z.strictObject({ scope: Scope })
export const SnapshotOfferMessage = z.strictObject({ scope: Scope, seq: Seq, hash: Sha, size: Seq, sha256: Sha })
export const ReadSnapshotMessage = z.strictObject({ offer: SnapshotOfferMessage, offset: Seq })
export const EvidenceMessage = z.strictObject({ hash: Sha })
export const ReadEvidenceMessage = z.strictObject({ hash: Sha, offset: Seq })
export const WriteEvidenceMessage = z.strictObject({
  hash: Sha,
  size: Seq,
  offset: Seq,
  piece: Bytes.refine((piece) => piece.byteLength <= PIECE_BYTES),
})
export const AskMessage = z.strictObject({ name: z.string().max(60), input: z.unknown() })
export const LookMessage = z.strictObject({ place: PresenceFocus.nullable() })

export const ShowHeadsMessage = z.strictObject({
  heads: z.array(z.strictObject({ ...Head.shape, epoch: z.string().max(80), signature: z.string().max(200) })).max(SHOWN_HEADS),
})
export const ShownReply = z.strictObject({ begun: z.boolean() })
/** Before {@link PROOF_PROTOCOL} there were no `ended` scopes and no signature format. */
export const WelcomeReply = z.strictObject({
  hubId: z.string().max(80),
  epoch: z.string().max(80),
  hubTime: z.int(),
  scopes: z.array(Head),
  diverged: z.array(Scope),
  leaseHours: z.number().positive(),
  signatures: z.record(z.string(), z.string()),
  signatureFormat: z.union([z.literal(1), z.literal(2)]).default(1),
  ended: z.array(z.strictObject({ scope: Scope, by: Scope, seq: Seq, hash: Sha, signature: z.string().max(200) })).default([]),
  publicKey: z.string(),
})
export const PushedReply = z.strictObject({ records: z.array(LogRecord) })
export const PulledReply = z.strictObject({ records: z.array(LogRecord), more: z.boolean() })
export const SnapshotReply = SnapshotOfferMessage.nullable()
export const PieceReply = Bytes.nullable()
export const EvidenceReply = z.strictObject({ whole: z.boolean(), received: Seq })
export const AskReply = z.looseObject({ ok: z.boolean() })

/** The requests of a replica, each answered once. */
export const linkCalls = {
  hello: { message: HelloMessage, reply: WelcomeReply },
  'show-heads': { message: ShowHeadsMessage, reply: ShownReply },
  push: { message: PushMessage, reply: PushedReply },
  pull: { message: PullMessage, reply: PulledReply },
  'offer-snapshot': { message: SnapshotMessage, reply: SnapshotReply },
  'read-snapshot': { message: ReadSnapshotMessage, reply: PieceReply },
  'find-evidence': { message: EvidenceMessage, reply: EvidenceReply },
  'read-evidence': { message: ReadEvidenceMessage, reply: PieceReply },
  'write-evidence': { message: WriteEvidenceMessage, reply: EvidenceReply },
  ask: { message: AskMessage, reply: AskReply },
} as const
export type LinkCallName = keyof typeof linkCalls

/** An answer on the wire: the reply, a refusal that ends the link, or a hub error after which a retry makes sense. */
export const LinkAnswer = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('ok'), reply: z.unknown() }),
  z.strictObject({ t: z.literal('refused'), reason: z.enum(LINK_REFUSALS) }),
  z.strictObject({ t: z.literal('down'), why: z.enum(['busy', 'not-saved', 'bad-message', 'stopping', 'internal']) }),
])
export type LinkAnswer = z.infer<typeof LinkAnswer>

/** Messages that the hub sends unrequested; each is a hint that may be lost. */
export const LinkNotice = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('advance'), heads: z.array(Head), records: z.array(LogRecord).max(TOLD_RECORDS) }),
  z.strictObject({ t: z.literal('access') }),
  z.strictObject({
    t: z.literal('presence'),
    present: z.array(z.strictObject({ memberId: z.uuid(), device: z.string(), place: PresenceFocus.nullable(), since: z.int() })),
  }),
  z.strictObject({ t: z.literal('refused'), reason: z.enum(LINK_REFUSALS) }),
])
export type LinkNotice = z.infer<typeof LinkNotice>
