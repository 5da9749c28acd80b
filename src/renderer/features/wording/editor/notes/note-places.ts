import type { DraftNoteRow } from '#contract/draft-note-api.ts'
import { NOTE_LIMITS } from '#domain/wording/draft-note.ts'
import { findQuoted, pinPassage, textAt, type DraftPassage } from '#domain/wording/draft-passage.ts'
import type * as Y from 'yjs'

/** Where the passage of a note is now. `reads`: what stands there, other than its quote if somebody changed it. */
export type NotePlace = { at: string; start: number; end: number; reads: string }

/** The places of notes by their id; a note whose field or words are gone has none. */
export function placesOf(doc: Y.Doc, notes: readonly Pick<DraftNoteRow, 'id' | 'passage' | 'quote'>[]): Map<string, NotePlace> {
  return new Map(
    notes.flatMap(({ id, passage, quote }): [string, NotePlace][] => {
      const range = findQuoted(doc, passage, quote)
      const text = textAt(doc, passage.at)?.toString()
      return range && text !== undefined ? [[id, { at: passage.at, ...range, reads: text.slice(range.start, range.end) }]] : []
    }),
  )
}

/** A passage that a note can be written on. */
export type Selected = { passage: DraftPassage; quote: string }

/** The selection in a field; null if it is empty, blank, or longer than a note may quote. */
export function selectedIn(doc: Y.Doc, at: string, start: number, end: number): Selected | null {
  const quote = textAt(doc, at)?.toString().slice(start, end) ?? ''
  if (quote.trim() === '' || quote.length > NOTE_LIMITS.quote) return null
  const passage = pinPassage(doc, at, start, end)
  return passage && { passage, quote }
}
