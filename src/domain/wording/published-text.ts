import type { WordingContent } from './content.ts'
import { fillIn } from './values.ts'
import type { PastRelease, Release, VariableValues, WordingState } from './wording.ts'

/** What people outside the company see of a text: its release, or the withdrawal of its last one. */
export type PublishedText =
  | { release: Release; status: 'published' | 'expired' }
  /** `release` is the last one. */
  | { release: PastRelease; status: 'withdrawn' }

/** Whether a release that ended had begun, so that others have seen it. */
export const hadBegun = ({ from, endedAt }: PastRelease) => from <= endedAt

/**
 * The release of a text that is in use, expired or withdrawn. A release that begins later is not published yet: until then the one
 * that it replaces is in use.
 * @param now milliseconds since 1970
 * @returns null if nothing of the text is published
 */
export function publishedText({ live, past, removed }: WordingState, now: number): PublishedText | null {
  if (removed) return null
  const begun = past.filter(hadBegun)
  const last = begun.at(-1)
  const inUse = live && live.from > now ? (last?.end === 'superseded' ? last : null) : live
  if (inUse) return { release: inUse, status: inUse.until !== null && inUse.until <= now ? 'expired' : 'published' }
  return last?.end === 'withdrawn' ? { release: last, status: 'withdrawn' } : null
}

/** What is read of a published text, without what only its authors see (who does what by when, for the promises). */
export type FilledText = {
  title: string
  core: string
  blocks: Pick<WordingContent['blocks'][number], 'id' | 'kind' | 'text'>[]
  objections: WordingContent['objections']
  variants: WordingContent['variants']
}

/** The text of a release with its variables filled in; those that the agent fills in stay. */
export function filledText(content: WordingContent, values: VariableValues): FilledText {
  const fill = (text: string) => fillIn(text, values)
  return {
    title: fill(content.title),
    core: fill(content.core),
    blocks: content.blocks.map(({ id, kind, text }) => ({ id, kind, text: fill(text) })),
    objections: content.objections.map(({ id, ask, answer }) => ({ id, ask: fill(ask), answer: fill(answer) })),
    variants: content.variants.map(({ id, audience, channel, text }) => ({ id, audience, channel, text: fill(text) })),
  }
}
