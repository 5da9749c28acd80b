import { z } from 'zod'
import { LoggedUuid, ScopeId } from './ids.ts'

/** Largest serialized op, in UTF-16 code units (reliability study B7: 64 KB or less). */
export const MAX_OP_LENGTH = 64 * 1024
const MAX_DEPTH = 20

/** One change of one entity by its author. Immutable; its identity is `opId`, never a position. */
export const Op = z.strictObject({
  opId: LoggedUuid,
  scope: ScopeId,
  /** The device that wrote it, and its dense counter on that device. */
  replicaId: LoggedUuid,
  counter: z.int().min(1),
  entity: z.strictObject({ kind: z.string().min(1).max(40), id: z.string().min(1).max(80) }),
  /** `<entity>.<past or imperative>`, with the version of its body. */
  type: z.string().min(3).max(60),
  version: z.int().min(1).max(999),
  body: z.record(z.string(), z.unknown()),
  hlc: z.string().regex(/^[0-9a-f]{16}$/),
  /** Sequence number of the scope that the author had applied when writing, which is what the author had seen. */
  baseSeq: z.int().min(0),
  /** Ops that this one depends on; when one of them is rejected, this one is rejected too. */
  after: z.array(LoggedUuid).max(64).optional(),
  /** A reader that does not know this type must stop reading the scope instead of parking the op. */
  critical: z.literal(true).optional(),
})
export type Op = z.infer<typeof Op>

export type ParsedOp = { ok: true; op: Op } | { ok: false; reason: 'too-large' | 'not-json' | 'too-deep' | 'wrong-shape'; detail: string }

function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (limit === 0) return 1
  let deepest = 0
  for (const child of Object.values(value)) deepest = Math.max(deepest, depthOf(child, limit - 1))
  return deepest + 1
}

/**
 * Parses an op from its exact text.
 * @returns the op, or why the text is invalid; never throws, whatever the text (property P3)
 */
export function parseOp(text: string): ParsedOp {
  if (text.length > MAX_OP_LENGTH) return { ok: false, reason: 'too-large', detail: String(text.length) }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { ok: false, reason: 'not-json', detail: error instanceof Error ? error.message : '' }
  }
  if (depthOf(value, MAX_DEPTH) > MAX_DEPTH) return { ok: false, reason: 'too-deep', detail: String(MAX_DEPTH) }
  const parsed = Op.safeParse(value)
  if (!parsed.success) return { ok: false, reason: 'wrong-shape', detail: z.prettifyError(parsed.error) }
  return { ok: true, op: parsed.data }
}
