import { z } from 'zod'
import { LoggedUuid, ScopeId } from './ids.ts'
import { RefusalCode } from './refusal.ts'

/** The hub's decision on an op: accepted, or rejected for a reason of the closed list. */
export const Outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted') }),
  z.strictObject({ kind: z.literal('rejected'), code: RefusalCode, params: z.record(z.string(), z.union([z.string(), z.number()])) }),
])
export type Outcome = z.infer<typeof Outcome>

/** One record of a scope's log, as stored by the hub. Accepted ops are in the op's own scope, rejections in `private:<author>`. */
export const LogRecord = z.strictObject({
  scope: ScopeId,
  /** Dense from 1 within its scope. */
  seq: z.int().min(1),
  /** The hub's clock, milliseconds since 1970. */
  hubTime: z.int(),
  /** Taken from the session, never from the op. */
  actor: LoggedUuid,
  outcome: Outcome,
  /** The op exactly as the author sent it; hashed unchanged, so re-serialization is never needed (P11). */
  bytes: z.string(),
  /** Lower-case hex SHA-256 of {@link chainText}. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type LogRecord = z.infer<typeof LogRecord>

/** The hash before the first record of a scope. */
export const CHAIN_START = '0'.repeat(64)

/** The text that a record's hash covers: the previous hash and all fields of the record, joined unambiguously. */
export function chainText(previousHash: string, record: Omit<LogRecord, 'hash'>): string {
  return JSON.stringify([previousHash, record.scope, record.seq, record.hubTime, record.actor, record.outcome, record.bytes])
}

export type Sha256 = (text: string) => string

export type ChainFault = { seq: number; kind: 'gap' | 'hash' | 'scope' }

/**
 * Checks a run of records of one scope.
 * @param from the seq and hash before the run; `{seq: 0, hash: CHAIN_START}` for a whole log
 * @returns the first fault, or null when every record follows from the previous one
 */
export function findChainFault(
  records: Iterable<LogRecord>,
  sha256: Sha256,
  scope: string,
  from = { seq: 0, hash: CHAIN_START },
): ChainFault | null {
  let { seq, hash } = from
  for (const record of records) {
    if (record.scope !== scope) return { seq: record.seq, kind: 'scope' }
    if (record.seq !== seq + 1) return { seq: seq + 1, kind: 'gap' }
    if (sha256(chainText(hash, record)) !== record.hash) return { seq: record.seq, kind: 'hash' }
    seq = record.seq
    hash = record.hash
  }
  return null
}
