import { contentHash, type WordingContent } from '#domain/wording/content.ts'
import type { WordingPlace } from '#domain/wording/wording.ts'
import type { CheckedWording } from '#contract/wording-file-api.ts'
import type { ReadWording } from './wording-rows.ts'

/**
 * A text of the library: its draft, which an import changes. `exported`: the versions that an export writes; `saved`: whether some
 * version has the words of the draft.
 */
export type PresentWording = {
  wordingId: string
  place: WordingPlace
  content: WordingContent
  exported: readonly WordingContent[]
  saved: boolean
}

/** What is written for a text of a file. */
export type PlannedWording = { shown: CheckedWording } & (
  | { act: 'add'; place: WordingPlace; content: WordingContent }
  | { act: 'revise' | 'overwrite'; wordingId: string; content: WordingContent; before: WordingContent }
  | { act: 'same' | 'refuse' }
)

/** Texts are the same if they have the same title at the same place; a file does not name ids. */
const keyOf = ({ kind, statement, scenario, emotion, language, preparedFor }: WordingPlace, title: string) =>
  JSON.stringify([kind, statement, scenario, emotion, language, preparedFor, title.trim()])

/** Part ids say nothing about the words: a file numbers its parts from 1. */
function wordsHash({ title, core, blocks, objections, variants }: WordingContent): string {
  const numbered = <Part extends object>(parts: readonly Part[]) => parts.map((part, index) => ({ ...part, id: `p${index}` }))
  return contentHash({ title, core, blocks: numbered(blocks), objections: numbered(objections), variants: numbered(variants) })
}

/** Compares the texts of a file with the library, and with those before them in the file. */
export function planWordings(read: readonly ReadWording[], present: readonly PresentWording[]): PlannedWording[] {
  const known = new Map(present.map((one) => [keyOf(one.place, one.content.title), one]))
  const lineOf = (place: WordingPlace, content: WordingContent) => `${keyOf(place, content.title)} ${wordsHash(content)}`
  const words = new Set(present.flatMap(({ place, content, exported }) => [content, ...exported].map((one) => lineOf(place, one))))
  return read.map((one): PlannedWording => {
    const shown = shownOf(one)
    if (!one.ok) return { act: 'refuse', shown: { ...shown, act: 'refuse', problem: one.problem, detail: one.detail } }
    const { place, content } = one
    const key = keyOf(place, content.title)
    const line = lineOf(place, content)
    if (words.has(line)) return { act: 'same', shown: { ...shown, act: 'same' } }
    words.add(line)
    const there = known.get(key)
    // The second of two texts with one title in a file is a text of its own.
    known.delete(key)
    if (!there) return { act: 'add', place, content, shown: { ...shown, act: 'add' } }
    const act = there.saved ? 'revise' : 'overwrite'
    return { act, wordingId: there.wordingId, content, before: there.content, shown: { ...shown, act } }
  })
}

function shownOf(one: ReadWording): Omit<CheckedWording, 'act'> {
  const { line, title, words } = one
  const empty = { scenario: '', emotion: null, kind: null, core: '', parts: 0, objections: 0, variants: 0 }
  if (!one.ok) return { line, title, words, ...empty }
  const { place, content } = one
  return {
    line,
    title,
    words,
    scenario: place.scenario,
    emotion: place.emotion,
    kind: place.kind,
    core: (content.core || content.blocks[0]?.text || content.variants[0]?.text || '').slice(0, 300),
    parts: content.blocks.length,
    objections: content.objections.length,
    variants: content.variants.length,
  }
}
