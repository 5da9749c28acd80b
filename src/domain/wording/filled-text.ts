import type { WordingContent } from './content.ts'
import { fillIn } from './values.ts'
import type { VariableValues } from './wording.ts'

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
