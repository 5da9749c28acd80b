import { z } from 'zod'
import { limited } from '../limited-text.ts'
import { CONTENT_LIMITS, type Block } from '../wording/content.ts'
import { fillIn } from '../wording/values.ts'
import type { VariableValues } from '../wording/wording.ts'

export const PROMISE_STATES = ['open', 'kept', 'broken', 'void'] as const
export const PromiseOutcome = z.enum(PROMISE_STATES)
export type PromiseOutcome = z.infer<typeof PromiseOutcome>

/** How long before its due time a promise is announced, milliseconds. */
export const PROMISE_SOON_MS = 15 * 60_000

/** Maximum number of moves of a due time. */
export const MAX_MOVES = 50

/** A change of the due time. The old time stays on record: it is what was promised. */
export type PromiseMove = { from: number; to: number; reason: string; at: number; by: string }

/** What a promise says: the words of a commitment block as they were published. */
export type PromiseWords = { text: string; action: string; owner: string }

/** What a published text promises (TK-04, TK-05). It stands until somebody records how it ended, whatever becomes of the text. */
export type PromiseState = PromiseWords & {
  wordingId: string
  revisionId: string
  blockId: string
  /** The member who sees to it; null if it is nobody of the team. */
  ownerId: string | null
  /** Milliseconds since 1970, as the other times. */
  dueAt: number
  madeAt: number
  by: string
  state: PromiseOutcome
  endedAt: number | null
  endedBy: string | null
  /** What was recorded at its end. */
  note: string
  /** Oldest first. */
  moves: readonly PromiseMove[]
}

/** The words of a commitment with its variables filled in. */
export function wordsOf(block: Block, values: VariableValues): PromiseWords {
  const fill = (text: string, limit: number) => limited(fillIn(text, values).trim(), limit).trim()
  return {
    text: fill(block.text, CONTENT_LIMITS.block),
    action: fill(block.action, CONTENT_LIMITS.short),
    owner: fill(block.owner, CONTENT_LIMITS.short),
  }
}

/** A promise in one line: what is done, or else the beginning of what was said. */
export function promiseTitle({ text, action }: Pick<PromiseWords, 'text' | 'action'>): string {
  return action === '' ? limited(text.replaceAll(/\s+/gu, ' '), 120).trim() : action
}

/** Whether nobody has recorded how a promise ended although its time is up. `now`: milliseconds since 1970. */
export function isOverdue({ state, dueAt }: Pick<PromiseState, 'state' | 'dueAt'>, now: number): boolean {
  return state === 'open' && dueAt <= now
}

/** Whether a promise was kept, but after its time. */
export function isKeptLate({ state, dueAt, endedAt }: Pick<PromiseState, 'state' | 'dueAt' | 'endedAt'>): boolean {
  return state === 'kept' && endedAt !== null && endedAt > dueAt
}
