import type { Op } from '#domain/log/op.ts'

/**
 * How much of what was refused to one member is kept word for word: its author has it all the same, on the device that wrote it.
 * Beyond it a refusal of an op is recorded without the words, and what is no op at all is not recorded any more.
 */
export const REFUSED_KEPT = { count: 1000, length: 4 * 1024 * 1024 } as const

/** How much is kept of one member, texts and UTF-16 units. */
export type RefusedTally = { count: number; length: number }

/** Whether another text of this length is kept word for word. */
export function isKept({ count, length }: RefusedTally, text: string): boolean {
  return count < REFUSED_KEPT.count && length + text.length <= REFUSED_KEPT.length
}

/** An op without what it says: enough for its device to know which one was refused. */
export function withoutWords(op: Op): string {
  return JSON.stringify({ ...op, body: {} })
}

/** The one record that stands for all that a member has sent beyond that and that is no op. */
export const beyondId = (memberId: string) => `refused-beyond ${memberId}`
