import type { ConsoleText } from '#contract/agent-wire.ts'
import type { TextRange } from '../state/segments.ts'
import { alignText, findAligned, fold, type AlignedText } from './aligned-text.ts'
import { findNear, nearQuery, sharedPairs, type NearQuery } from './near-match.ts'

/** A field in the joined text of an indexed text. */
type IndexedField = { at: string; weight: number; start: number }

/** A text with its fields joined, the heaviest first. Only those with a reading are found by letters: the ones that agents remember. */
type IndexedText = {
  text: ConsoleText
  fields: readonly IndexedField[]
  joined: AlignedText
  spoken: string
  /** The spoken part as it is typed in pinyin. */
  sound: string
}

export type SearchIndex = readonly IndexedText[]

/** A text that was found, and what to highlight in its fields, by the address of the field (`title`, `core`, `objections.<id>.ask`). */
export type Hit = { text: ConsoleText; score: number; ranges: ReadonlyMap<string, readonly TextRange[]> }

const WEIGHTS = { title: 8, scenario: 6, ask: 5, core: 4, rest: 1 } as const
const QUALITY = { literal: 1, letters: 0.8, sound: 0.4, near: 0.3 } as const
/** Looking for typing errors costs more than the rest: only when there is hardly anything without. */
const ENOUGH = 5
const LONGEST_QUERY = 60

const prepared = new WeakMap<ConsoleText, IndexedText>()

/** Prepares texts for `searchTexts`. What was prepared stays known as long as the text is the same object. */
export function indexTexts(texts: readonly ConsoleText[]): SearchIndex {
  return texts.map((text) => {
    const known = prepared.get(text) ?? indexText(text)
    prepared.set(text, known)
    return known
  })
}

/** Stands between fields, and is never part of a match. */
const GAP = '\u0000'

function indexText(text: ConsoleText): IndexedText {
  const spoken = [
    { at: 'title', weight: WEIGHTS.title, value: text.title },
    { at: 'scenario', weight: WEIGHTS.scenario, value: text.scenario },
    ...text.objections.map(({ id, ask }) => ({ at: `objections.${id}.ask`, weight: WEIGHTS.ask, value: ask })),
    { at: 'core', weight: WEIGHTS.core, value: text.core },
  ]
  const others = [
    ...text.objections.map(({ id, answer }) => ({ at: `objections.${id}.answer`, weight: WEIGHTS.rest, value: answer })),
    ...text.blocks.map((block) => ({ at: `blocks.${block.id}.text`, weight: WEIGHTS.rest, value: block.text })),
  ]
  const fields: IndexedField[] = []
  let length = 0
  for (const { at, weight, value } of [...spoken, ...others]) {
    fields.push({ at, weight, start: length })
    length += value.length + GAP.length
  }
  const spokenLength = fields[spoken.length]?.start ?? length
  const joined = alignText([...spoken, ...others].map(({ value }) => value + GAP).join(''), spokenLength)
  const sound = joined.readings.map((list, at) => list[0] ?? (joined.folded[at] === ' ' ? '' : joined.folded[at])).join('')
  return { text, fields, joined, spoken: joined.folded.slice(0, spokenLength), sound }
}

type Found = { score: number; at: string; range: TextRange | null }

/**
 * The texts that match every word of a query, best first: characters, pinyin, initials, a mixture of them, and typing errors.
 * An empty query finds nothing.
 */
export function searchTexts(index: SearchIndex, query: string, limit = 50): Hit[] {
  const words = fold(query.slice(0, LONGEST_QUERY)).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const exact = collect(index, (indexed) => findAll(words, (word) => findExact(indexed, word)))
  if (exact.length >= ENOUGH) return best(exact, limit)
  const seen = new Set(exact.map(({ text }) => text))
  const typed = words.map((word) => ({ word, near: nearQuery(word) }))
  const others = index.filter(({ text }) => !seen.has(text))
  // A single word was not found above.
  const again = (indexed: IndexedText, word: string) => (words.length > 1 ? findExact(indexed, word) : null)
  const nearly = collect(others, (indexed) => findAll(typed, ({ word, near }) => again(indexed, word) ?? findNearly(indexed, word, near)))
  return [...best(exact, limit), ...best(nearly, limit)].slice(0, limit)
}

type Candidate = { text: ConsoleText; score: number; found: readonly Found[] }

function collect(index: SearchIndex, find: (indexed: IndexedText) => Found[] | null): Candidate[] {
  const candidates: Candidate[] = []
  for (const indexed of index) {
    const found = find(indexed)
    if (found) candidates.push({ text: indexed.text, score: found.reduce((sum, { score }) => sum + score, 0), found })
  }
  return candidates
}

/** What was found for each word; null if one was not. */
function findAll<W>(words: readonly W[], find: (word: W) => Found | null): Found[] | null {
  const all: Found[] = []
  for (const word of words) {
    const found = find(word)
    if (found === null) return null
    all.push(found)
  }
  return all
}

function best(candidates: readonly Candidate[], limit: number): Hit[] {
  return [...candidates]
    .sort((a, b) => b.score - a.score || b.text.from - a.text.from || (a.text.id < b.text.id ? -1 : 1))
    .slice(0, limit)
    .map(({ text, score, found }) => {
      const ranges = new Map<string, TextRange[]>()
      for (const { at, range } of found) if (range) ranges.set(at, [...(ranges.get(at) ?? []), range])
      return { text, score, ranges }
    })
}

/** What was found at a place of the joined text, in the words of its field. */
function foundAt({ fields }: IndexedText, start: number, end: number, quality: number): Found {
  const next = fields.findIndex((one) => one.start > start)
  const field = fields[(next < 0 ? fields.length : next) - 1] ?? { at: 'title', weight: 0, start: 0 }
  const isAtStart = start === field.start
  const score = field.weight * quality * (isAtStart ? 1.25 : 1)
  return { score, at: field.at, range: { start: start - field.start, end: end - field.start } }
}

function findExact(indexed: IndexedText, word: string): Found | null {
  const match = findAligned(indexed.joined, word)
  if (match) return foundAt(indexed, match.start, match.end, QUALITY[match.how])
  // The hub knows the readings of words, such as of 重庆, where the characters alone have several.
  const { pinyin, initials } = indexed.text
  return word.length > 1 && (pinyin.includes(word) || initials.includes(word)) ? { score: WEIGHTS.rest, at: '', range: null } : null
}

/** The index of the character whose letters include the place `at` of the sound. */
function characterAt({ joined }: IndexedText, at: number): number {
  let length = 0
  for (let index = 0; index < joined.readings.length; index += 1) {
    length += joined.readings[index]?.[0]?.length ?? (joined.folded[index] === ' ' ? 0 : 1)
    if (length > at) return index
  }
  return joined.readings.length - 1
}

function findNearly(indexed: IndexedText, word: string, near: NearQuery | null): Found | null {
  const isLetters = /^[a-z]+$/.test(word)
  const match = near && findNear(isLetters ? indexed.sound : indexed.spoken, near)
  if (match) {
    const quality = QUALITY.near / Math.max(1, match.errors)
    const start = Math.max(0, match.end - word.length)
    if (!isLetters) return foundAt(indexed, start, match.end, quality)
    return foundAt(indexed, characterAt(indexed, start), characterAt(indexed, match.end - 1) + 1, quality)
  }
  if (isLetters || word.length < 4) return null
  const shared = sharedPairs(indexed.spoken, word)
  return shared >= 0.5 ? { score: WEIGHTS.core * QUALITY.near * shared, at: '', range: null } : null
}
