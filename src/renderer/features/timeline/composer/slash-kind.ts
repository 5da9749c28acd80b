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

/** How the Chinese words are spelt, syllable by syllable: what the fingers type before the input method has made a word of it. */
const PINYIN: Record<WritableKind, string> = {
  observation: 'guan cha',
  'media-report': 'mei ti bao dao',
  'customer-voice': 'ke hu sheng yin',
  statement: 'sheng ming',
  action: 'xing dong',
  regulator: 'jian guan',
  decision: 'jue ce',
  'turning-point': 'guai dian',
}

/** Whether typed letters begin a word's pinyin, or the first letters of its syllables: `juece` and `jc` are both 决策. */
function beginsPinyin(kind: WritableKind, typed: string): boolean {
  const syllables = PINYIN[kind].split(' ')
  return (
    syllables.join('').startsWith(typed) ||
    syllables
      .map(([first]) => first)
      .join('')
      .startsWith(typed)
  )
}

/**
 * The kinds that fit what was typed after the slash: by the word in the language of the interface, by its pinyin, by its
 * English id, or by its number in the list.
 */
export function kindsFor(typed: string, wordOf: (kind: WritableKind) => string): WritableKind[] {
  if (typed === '') return [...WRITABLE_KINDS]
  return WRITABLE_KINDS.filter(
    (kind, index) =>
      wordOf(kind).toLowerCase().includes(typed) || kind.startsWith(typed) || String(index + 1) === typed || beginsPinyin(kind, typed),
  )
}
