import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { z } from 'zod'
import { DRAFT_LISTS, DRAFT_TEXTS, type DraftList } from './draft-document.ts'

/** The position of a character, encoded by Yjs. */
const Position = z.base64().min(4).max(200)

/** A passage of a draft. `at`: its field as `fieldsOf` names it; `start`, `end`: Yjs relative positions (base64). */
export const DraftPassage = z.strictObject({ at: z.string().regex(/^[a-z0-9.-]{1,80}$/), start: Position, end: Position })
export type DraftPassage = z.infer<typeof DraftPassage>

const isList = (name: string): name is DraftList => Object.hasOwn(DRAFT_LISTS, name)

/** The text of a field; null if the draft has none of that name. */
export function textAt(doc: Y.Doc, at: string): Y.Text | null {
  const [list = '', id = '', field = ''] = at.split('.')
  if (DRAFT_TEXTS.some((name) => name === at)) return doc.getText(at)
  const part = isList(list) ? doc.getMap(list).get(id) : undefined
  const text: unknown =
    part instanceof Y.Map && isList(list) && DRAFT_LISTS[list].texts.some((name) => name === field) ? part.get(field) : null
  return text instanceof Y.Text ? text : null
}

/** Pins a range of a field, in UTF-16 code units; null if the draft has no such field. */
export function pinPassage(doc: Y.Doc, at: string, start: number, end: number): DraftPassage | null {
  const text = textAt(doc, at)
  if (!text) return null
  const pin = (index: number, side: number) =>
    toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, Math.min(index, text.length), side)))
  // Text that is typed at either end does not become part of the passage.
  return { at, start: pin(start, 0), end: pin(end, -1) }
}

/** Where a passage is now: a range of its field, empty if its characters were deleted. Null if its field is gone. Never throws. */
export function findPassage(doc: Y.Doc, { at, start, end }: DraftPassage): { start: number; end: number } | null {
  const text = textAt(doc, at)
  if (!text) return null
  const [from, to] = [indexOf(doc, text, start), indexOf(doc, text, end)]
  return from === null || to === null ? null : { start: from, end: Math.max(from, to) }
}

/**
 * The same, also in a document that began anew, in which no character is the one that was pinned: there the words of the passage are
 * looked for.
 * @param quote the passage as its author read it
 * @returns null as well if the words are gone or stand in more than one place: better no place than a wrong one
 */
export function findQuoted(doc: Y.Doc, passage: DraftPassage, quote: string): { start: number; end: number } | null {
  const range = findPassage(doc, passage)
  if (range !== null || quote === '') return range
  const text = textAt(doc, passage.at)?.toString() ?? ''
  const start = text.indexOf(quote)
  return start < 0 || text.includes(quote, start + 1) ? null : { start, end: start + quote.length }
}

function indexOf(doc: Y.Doc, text: Y.Text, encoded: string): number | null {
  try {
    const position = Y.decodeRelativePosition(fromBase64(encoded))
    // To look up another root would create it.
    if (position.tname !== null && !DRAFT_TEXTS.some((name) => name === position.tname)) return null
    const found = Y.createAbsolutePositionFromRelativePosition(position, doc)
    return found?.type === text ? found.index : null
  } catch {
    return null
  }
}
