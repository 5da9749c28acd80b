import { factsOf, tellsWhen, type Fact } from '../facts/facts.ts'
import { sentencesOf } from '../sentences.ts'
import { rangeBefore, type TextRange } from '../text-range.ts'
import { parseVariables } from '../variables.ts'
import type { OtherPlace } from './finding.ts'

/** A block of a text, such as a paragraph, with what several rules look at, computed when it is first asked for. */
export type BlockText = {
  block: number
  text: string
  sentences(): readonly TextRange[]
  facts(): readonly Fact[]
  /** Whether the sentence at a place says a date, a time or a duration, also by a variable. */
  isDated(at: number): boolean
}

/** A place that a rule found. `masked` replaces the excerpt of personal data. */
export type Spot = TextRange & { params?: Readonly<Record<string, string | number>>; masked?: string; other?: OtherPlace }

const WHEN = new Set(['deadline', 'time'])

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

export function blockText(text: string, block: number): BlockText {
  const sentences = once(() => sentencesOf(text))
  const facts = once(() => factsOf(text))
  const dated = once(() => {
    const variables = parseVariables(text).filter((part) => part.kind === 'variable' && WHEN.has(part.name))
    return new Set([...facts().filter(tellsWhen), ...variables].map(({ start }) => rangeBefore(sentences(), start)))
  })
  return { block, text, sentences, facts, isDated: (at) => dated().has(rangeBefore(sentences(), at)) }
}

/** Adds a place to those of a block. */
export function addTo(spots: Map<number, Spot[]>, block: number, spot: Spot): void {
  const list = spots.get(block)
  if (list) list.push(spot)
  else spots.set(block, [spot])
}
