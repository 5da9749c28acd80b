import { factsOf } from '../facts/facts.ts'
import type { TextRange } from '../text-range.ts'

/** What stays one token besides facts: words in Latin letters and variables. */
const LATIN = /\{[a-z][a-z0-9_]*\}|[a-z0-9]+(?:['’_.-][a-z0-9]+)*/giu

let segmenter: Intl.Segmenter | undefined

/** The words of a text by the segmenter of the platform, whose dictionary may differ between versions. */
function words(text: string): string[] {
  if (text === '') return []
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Cuts a text around ranges, which stay whole. @param ranges in order, without overlaps */
function cutAround(text: string, ranges: readonly TextRange[], cut: (between: string) => string[]): string[] {
  const tokens: string[] = []
  let at = 0
  for (const { start, end } of ranges) {
    for (const token of cut(text.slice(at, start))) tokens.push(token)
    tokens.push(text.slice(start, end))
    at = end
  }
  for (const token of cut(text.slice(at))) tokens.push(token)
  return tokens
}

function latinRanges(text: string): TextRange[] {
  return Array.from(text.matchAll(LATIN), ({ index, 0: word }) => ({ start: index, end: index + word.length }))
}

/**
 * Cuts a text into the tokens that a difference compares: words, and as one token each numbers with their units, dates,
 * times, telephone numbers, Latin words and variables. Joined, the tokens are the text.
 */
export function tokensOf(text: string): string[] {
  return cutAround(text, factsOf(text), (between) => cutAround(between, latinRanges(between), words))
}
