/**
 * A text as normalized characters, in which numbers and addresses are searched: every variant of a digit, blank, dash,
 * bracket or letter is replaced by its plain character, and invisible characters are removed. Codes below 128 are ASCII.
 */
export type TextSigns = {
  /** The character code at each position. */
  code: Uint16Array
  /** Its offset in the text. The array has one extra item: the end of the text. */
  at: Uint32Array
  length: number
}

/** Codes from here on are the Chinese numerals 0 to 9. */
export const HAN_DIGIT = 0x100
/** A letter of a script without a plain form, mainly Chinese. */
export const WORD = 0x200
/** Any other character, neither part of a number nor of a word. */
export const OTHER = 1
export const SPACE = 32
export const NEWLINE = 10
const UNSEEN = 0

const HAN_DIGITS: readonly string[] = ['〇零○', '一壹幺', '二贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖']
/** Character variants, by their plain character. */
const STANDS_FOR: readonly (readonly [sign: string, forms: string])[] = [
  ['-', '‐‑‒–—―−ー﹘﹣─━~～〜_=＝'],
  ['.', '·•・･‧∙⋅。．｡…'],
  [',', '，、､;；'],
  ['/', '\\／∕⁄|｜¦'],
  ['(', '（[{【「『〔〈《“<＜'],
  [')', '）]}】」』〕〉》”>＞'],
  [':', '：'],
  ['x', 'ХхΧχ×Ⅹⅹ'],
  ['$', '¥￥€£₩'],
]
const KNOWN = new Map<string, number>([
  ...STANDS_FOR.flatMap(([sign, forms]) => Array.from(forms, (form): [string, number] => [form, sign.charCodeAt(0)])),
  ...HAN_DIGITS.flatMap((forms, value) => Array.from(forms, (form): [string, number] => [form, HAN_DIGIT + value])),
])
/** Circled digits that NFKC does not resolve: the first of each nine. */
const CIRCLED = [0x2776, 0x2780, 0x278a, 0x24f5]

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029
}

/** The value of a decimal digit of any script; its block begins at zero and holds ten. */
function digitValue(point: number): number {
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1
  return value
}

function classify(character: string, point: number): number {
  const known = KNOWN.get(character)
  if (known !== undefined) return known
  if (isLineEnd(point)) return NEWLINE
  if (/\s/u.test(character)) return SPACE
  if (/[\p{Cc}\p{Cf}\p{M}\u115f\u1160\u3164\uffa0]/u.test(character)) return UNSEEN
  if (point < 128) return point
  const plain = character.normalize('NFKC').replaceAll(/[().]/g, '')
  if (plain.length === 1 && plain.charCodeAt(0) < 128) return KNOWN.get(plain) ?? plain.charCodeAt(0)
  if (/\p{Nd}/u.test(character)) return 48 + digitValue(point)
  if (point === 0x24ff) return 48
  for (const first of CIRCLED) if (point >= first && point < first + 9) return 49 + point - first
  if (/\p{Pd}/u.test(character)) return 45
  return /[\p{L}\p{N}]/u.test(character) ? WORD : OTHER
}

/** Cache of normalized characters, by code unit; 0xffff: not known yet. */
const known = new Uint16Array(0x10000).fill(0xffff)

/** Normalizes the characters of a text in one pass. */
export function readSigns(text: string): TextSigns {
  const code = new Uint16Array(text.length)
  const at = new Uint32Array(text.length + 1)
  let length = 0
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place)
    let sign = known[unit] ?? 0xffff
    let units = 1
    if (sign === 0xffff || (unit >= 0xd800 && unit < 0xe000)) {
      const point = text.codePointAt(place) ?? unit
      units = point > 0xffff ? 2 : 1
      sign = point >= 0xd800 && point < 0xe000 ? OTHER : classify(String.fromCodePoint(point), point)
      if (units === 1) known[unit] = sign
    }
    if (sign !== UNSEEN) {
      code[length] = sign
      at[length] = place
      length += 1
    }
    place += units - 1
  }
  at[length] = text.length
  return { code, at, length }
}

export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57
}

export function isLatin(code: number | undefined): boolean {
  return code !== undefined && ((code >= 65 && code <= 90) || (code >= 97 && code <= 122))
}

export function isAlphanumeric(code: number | undefined): boolean {
  return isDigit(code) || isLatin(code)
}

export function isHanDigit(code: number | undefined): boolean {
  return code !== undefined && code >= HAN_DIGIT && code < HAN_DIGIT + 10
}
