import type { DraftNoteRow } from '#contract/draft-note-api.ts'
import { useEffect, useState } from 'react'
import type * as Y from 'yjs'
import { placesOf, type NotePlace } from './note-places.ts'

/** How long after the last change of the text the places are looked up. Milliseconds. */
const REST_MS = 250

/** Where the passages of notes are, a moment after the last change, so that typing never waits for it. */
export function useNotePlaces(doc: Y.Doc, notes: readonly DraftNoteRow[]): ReadonlyMap<string, NotePlace> {
  const [places, setPlaces] = useState<ReadonlyMap<string, NotePlace>>(new Map())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const look = () => setPlaces(placesOf(doc, notes))
    const later = () => {
      if (timer !== null) clearTimeout(timer)
      timer = setTimeout(look, REST_MS)
    }
    look()
    doc.on('update', later)
    return () => {
      doc.off('update', later)
      if (timer !== null) clearTimeout(timer)
    }
  }, [doc, notes])
  return places
}
