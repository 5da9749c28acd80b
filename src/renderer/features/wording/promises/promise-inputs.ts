import type { PromiseInput } from '#contract/promise-api.ts'
import type { Block, WordingContent } from '#domain/wording/content.ts'
import { fillIn } from '#domain/wording/values.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { parseWhen } from '#ui/time/when-text.ts'
import type { z } from 'zod'

/** What was typed for a commitment; blocks without it have the guess from their text. An empty `due`: it is not tracked. */
export type PromiseTyped = { due: string; ownerId: string | null }
export type PromisesTyped = Readonly<Record<string, PromiseTyped>>

/** The blocks that promise something. */
export function commitmentsOf({ blocks }: WordingContent): Block[] {
  return blocks.filter(({ kind, text, action }) => kind === 'commitment' && (text.trim() !== '' || action.trim() !== ''))
}

/** The time that a text names, if it is ahead: milliseconds since 1970; null if it is empty, NaN if it names none. */
export function dueOf(text: string, now: number): number | null {
  if (text.trim() === '') return null
  const at = parseWhen(text, now, 'future')
  return at !== null && at > now ? at : Number.NaN
}

/** What is in the fields of a block: what was typed, or else the time limit in its text where it is a time ahead, as it stands there. */
export function typedOf(block: Block, values: VariableValues, typed: PromisesTyped, now: number): PromiseTyped {
  const own = typed[block.id]
  if (own) return own
  const limit = fillIn(block.deadline, values).trim()
  const at = dueOf(limit, now)
  return { due: at === null || Number.isNaN(at) ? '' : limit, ownerId: null }
}

/** The promises to make, or null while a time cannot be read. */
export function promisesOf(
  content: WordingContent,
  values: VariableValues,
  typed: PromisesTyped,
  now: number,
): z.input<typeof PromiseInput>[] | null {
  const given = commitmentsOf(content).map((block) => {
    const { due, ownerId } = typedOf(block, values, typed, now)
    return { blockId: block.id, dueAt: dueOf(due, now), ownerId }
  })
  if (given.some(({ dueAt }) => Number.isNaN(dueAt))) return null
  return given.flatMap(({ dueAt, ...rest }) => (dueAt === null ? [] : [{ ...rest, dueAt }]))
}
