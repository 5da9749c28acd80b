import { WRITABLE_KINDS, type WritableKind } from './entry-draft.ts'

/** A "/" with what follows it up to the caret. */
export type Slash = { start: number; end: number; typed: string }

/** The slash command under the caret: a "/" at the start of the text or after a space, and no space since. */
export function findSlash(text: string, caret: number): Slash | null {
  const found = /(?:^|\s)([/、])([^\s/、]{0,20})$/u.exec(text.slice(0, caret))
  if (!found) return null
  const typed = found[2] ?? ''
  return { start: caret - typed.length - 1, end: caret, typed: typed.toLowerCase() }
}

/**
 * The kinds that fit what was typed after the slash: by the word in the language of the interface, by its English id, or by
 * its number in the list.
 */
export function kindsFor(typed: string, wordOf: (kind: WritableKind) => string): WritableKind[] {
  if (typed === '') return [...WRITABLE_KINDS]
  return WRITABLE_KINDS.filter((kind, index) => wordOf(kind).toLowerCase().includes(typed) || kind.startsWith(typed) || String(index + 1) === typed)
}
