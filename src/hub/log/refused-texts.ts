import type { Op } from '#domain/log/op.ts'

/**
 * How much refused text of one member is kept verbatim; the author's device keeps it anyway. Above the limit, a refused op is
 * recorded without its text, and text that is not an op is no longer recorded.
 */
export const REFUSED_KEPT = { count: 1000, length: 4 * 1024 * 1024 } as const

/** How much is kept of one member: number of texts, and length in UTF-16 units. */
export type RefusedTally = { count: number; length: number }

/** Whether another text of this length is kept verbatim. */
export function isKept({ count, length }: RefusedTally, text: string): boolean {
  return count < REFUSED_KEPT.count && length + text.length <= REFUSED_KEPT.length
}

/** An op without its text: enough for its device to know which one was refused. */
export function withoutWords(op: Op): string {
  return JSON.stringify({ ...op, body: {} })
}

/** The ID of the one record for all non-op text that a member sent above the limit. */
export const beyondId = (memberId: string) => `refused-beyond ${memberId}`
