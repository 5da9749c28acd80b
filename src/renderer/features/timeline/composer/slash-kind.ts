import { WRITABLE_KINDS, type WritableKind } from './entry-draft.ts'

/** A "/" with the text after it up to the caret. */
export type Slash = { start: number; end: number; typed: string }

/** The slash command at the caret: a "/" at the start of the text or after a space, with no space since. */
export function findSlash(text: string, caret: number): Slash | null {
  const found = /(?:^|\s)([/、])([^\s/、]{0,20})$/u.exec(text.slice(0, caret))
  if (!found) return null
  const typed = found[2] ?? ''
  return { start: caret - typed.length - 1, end: caret, typed: typed.toLowerCase() }
}

/** The pinyin of the Chinese words, by syllable, to match letters typed before the input method has converted them. */
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

/** Whether the typed letters are a prefix of the word's pinyin or of its initials: `juece` and `jc` both match 决策. */
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

/** The kinds that match the text after the slash: by word in the interface language, by pinyin, by English id, or by number in the list. */
export function kindsFor(typed: string, wordOf: (kind: WritableKind) => string): WritableKind[] {
  if (typed === '') return [...WRITABLE_KINDS]
  return WRITABLE_KINDS.filter(
    (kind, index) =>
      wordOf(kind).toLowerCase().includes(typed) || kind.startsWith(typed) || String(index + 1) === typed || beginsPinyin(kind, typed),
  )
}
