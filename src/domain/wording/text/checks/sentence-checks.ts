import type { TextRange } from '../text-range.ts'
import { addTo, type BlockText, type Spot } from './block-text.ts'
import type { WordingLocale } from './rule.ts'

const WORD = /[\p{L}\p{N}]+(?:['’.,:-][\p{L}\p{N}]+)*/gu
const NO_WORD = /[\s\p{P}\p{S}\p{C}]/gu
/** Numbering and bullets before a sentence. */
const NUMBERING = /^(?:[\s\p{P}\p{S}]|[\d一二三四五六七八九十]{1,2}(?=[.、）)]))+/u
const COMMA = /[，,：:]/gu

/** The length of a sentence: characters without punctuation, or words in English. */
function lengthOf(sentence: string, locale: WordingLocale): number {
  return locale === 'en' ? (sentence.match(WORD)?.length ?? 0) : Array.from(sentence.replaceAll(NO_WORD, '')).length
}

/** Sentences longer than `most` (UP-03). */
export function longSentences({ text, sentences }: BlockText, locale: WordingLocale, most: number): Spot[] {
  return sentences().flatMap(({ start, end }) => {
    const length = lengthOf(text.slice(start, end), locale)
    return length > most ? [{ start, end, params: { length, most } }] : []
  })
}

/** Sentences with many clauses, or many words that depend on each other: 的, and in English which, that, who, whose. */
export function nestedSentences({ text, sentences }: BlockText, mostClauses: number, mostOf: number): Spot[] {
  return sentences().flatMap(({ start, end }) => {
    const sentence = text.slice(start, end)
    const clauses = (sentence.match(COMMA)?.length ?? 0) + 1
    const dependent = sentence.match(/的|\b(?:which|that|who|whose)\b/gu)?.length ?? 0
    return clauses > mostClauses || dependent > mostOf ? [{ start, end, params: { clauses, dependent } }] : []
  })
}

/** How a sentence begins: its first characters, or words in English; '' if it is shorter. */
function openingOf(sentence: string, locale: WordingLocale, characters: number): { opening: string; skipped: number } {
  const skipped = NUMBERING.exec(sentence.slice(0, 40))?.[0].length ?? 0
  const rest = sentence.slice(skipped, skipped + 240)
  if (locale === 'en') {
    const words = rest.match(WORD) ?? []
    return { opening: words.length > characters ? words.slice(0, characters).join(' ').toLowerCase() : '', skipped }
  }
  const first = Array.from(rest).slice(0, characters).join('')
  return { opening: rest.length > first.length && !/[\s\p{P}\p{N}{}]/u.test(first) ? first : '', skipped }
}

/**
 * Sentences that begin as at least `least - 1` earlier ones (TK-03), over all blocks.
 * @returns for each block its places: the third, fourth, … equal beginning
 */
export function repeatedOpenings(
  blocks: readonly BlockText[],
  locale: WordingLocale,
  { least, characters }: { least: number; characters: number },
): Map<number, Spot[]> {
  const counts = new Map<string, number>()
  const spots = new Map<number, Spot[]>()
  const take = (block: number, text: string, { start, end }: TextRange) => {
    const { opening, skipped } = openingOf(text.slice(start, end), locale, characters)
    if (opening === '') return
    const count = (counts.get(opening) ?? 0) + 1
    counts.set(opening, count)
    if (count < least) return
    const from = start + skipped
    const spot = { start: from, end: Math.min(end, from + opening.length), params: { term: opening, count } }
    addTo(spots, block, spot)
  }
  for (const { block, text, sentences } of blocks) for (const sentence of sentences()) take(block, text, sentence)
  return spots
}
