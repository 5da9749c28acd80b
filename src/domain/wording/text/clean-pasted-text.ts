const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/gu
/** Invisible characters: soft hyphen, zero width, byte order mark, direction controls, controls, annotations, tags, placeholders. */
const UNSEEN =
  /\u034f|[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\u{e0000}-\u{e007f}\ud800-\udfff]/gu
/** A zero-width joiner is kept inside an emoji only. */
const LONE_JOINER = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/gu
const BLANKS = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+/gu
/** Bullets of Word's symbol fonts, which are in the private use area. */
const SYMBOL_BULLETS = /[\uf0b7\uf0a7\uf0d8\uf06c\uf06e\uf076\uf0fc]/gu

/** Where a text has characters that nobody sees, some of which turn the order of others. Offsets in UTF-16 code units. */
export function unseenPlaces(text: string): { start: number; end: number }[] {
  return [UNSEEN, LONE_JOINER]
    .flatMap((kind) => [...text.matchAll(kind)].map(({ 0: found, index }) => ({ start: index, end: index + found.length })))
    .toSorted((a, b) => a.start - b.start)
}

/**
 * Plain text from what Word, WeChat or a web page puts on the clipboard: no invisible characters, one kind of line end and
 * blank, no blanks at the ends of lines, at most one empty line in a row. Numbering and bullets are kept. Idempotent.
 */
export function cleanPastedText(text: string): string {
  return text
    .replaceAll(LINE_ENDS, '\n')
    .replaceAll(UNSEEN, '')
    .replaceAll(LONE_JOINER, '')
    .replaceAll(SYMBOL_BULLETS, '•')
    .replaceAll(BLANKS, ' ')
    .replaceAll(/ ?\n ?/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .replaceAll(/^[ \n]+|[ \n]+$/gu, '')
}
