/**
 * A text as the characters that terms are compared with: letters, digits and % in lower case and plain width, without the
 * blanks and signs between them. Each character knows its place in the text.
 */
export type Reading = {
  /** The code unit of each character. */
  code: Uint16Array
  /** Its range in the text. */
  from: Uint32Array
  to: Uint32Array
  /** 1 if blanks or signs stand before it. */
  gap: Uint8Array
  /** The clause that it belongs to. A term never crosses from one clause to another. */
  clause: Uint32Array
  /** How many characters and Latin words begin before it. */
  step: Uint32Array
  length: number
}

const UNSEEN = 0
const GAP = 1
const BREAK = 2
/** A character beyond the basic plane: part of the text, in no term. */
const OTHER = 0xffff

const DOT = 46
const COLON = 58
const COMMA = 44

function classify(character: string): number {
  const code = character.charCodeAt(0)
  if (/[\p{Cc}\p{Cf}\p{M}]/u.test(character) && !/\s/u.test(character)) return UNSEEN
  if (/[\n\r\u2028\u2029，。、；：！？…!?;{}｛｝]/u.test(character)) return BREAK
  const plain = character.normalize('NFKC').toLowerCase()
  const one = plain.length === 1 ? plain : character.toLowerCase()
  if (one === '%' || one === '.' || one === ',' || one === ':') return one.charCodeAt(0)
  if (/[\p{L}\p{N}]/u.test(one)) return one.length === 1 ? one.charCodeAt(0) : code
  return GAP
}

/** Cache of classes by code unit; 0xfffe: not known yet. */
const UNKNOWN = 0xfffe
const classes = new Uint16Array(0x10000).fill(UNKNOWN)

function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  let known = classes[unit] ?? UNKNOWN
  if (known === UNKNOWN) {
    known = classify(text[at] ?? '')
    classes[unit] = known
  }
  return known
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** A letter of a script that writes words apart. */
export function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 0xc0 && code < 0x530)
}

/** What a full stop, comma or colon is: part of a number, the end of a clause, or a sign inside a word. */
function pointClass(text: string, at: number, point: number): number {
  const inNumber = at > 0 && isDigit(classAt(text, at - 1)) && at + 1 < text.length && isDigit(classAt(text, at + 1))
  if (inNumber) return point
  if (point !== DOT) return BREAK
  return at + 1 < text.length && isLatin(classAt(text, at + 1)) ? GAP : BREAK
}

/** Reads the characters of a text in one pass. */
export function readText(text: string): Reading {
  const size = text.length
  const code = new Uint16Array(size)
  const from = new Uint32Array(size)
  const to = new Uint32Array(size)
  const gap = new Uint8Array(size)
  const clause = new Uint32Array(size)
  const step = new Uint32Array(size)
  let length = 0
  let pending = 0
  let clauses = 0
  for (let at = 0; at < size; at += 1) {
    const unit = text.charCodeAt(at)
    let units = 1
    let sign: number
    if (unit >= 0xd800 && unit < 0xe000) {
      const point = text.codePointAt(at) ?? unit
      units = point > 0xffff ? 2 : 1
      sign = units === 2 && /\p{L}/u.test(String.fromCodePoint(point)) ? OTHER : GAP
    } else {
      sign = classAt(text, at)
      if (sign === DOT || sign === COMMA || sign === COLON) sign = pointClass(text, at, sign)
    }
    if (sign === GAP) pending = 1
    else if (sign === BREAK) {
      clauses += 1
      pending = 0
    } else if (sign !== UNSEEN) {
      code[length] = sign
      from[length] = at
      to[length] = at + units
      gap[length] = pending
      clause[length] = clauses
      const continues = length > 0 && pending === 0 && isLatin(sign) && isLatin(code[length - 1] ?? 0)
      step[length] = length === 0 ? 0 : (step[length - 1] ?? 0) + (continues ? 0 : 1)
      length += 1
      pending = 0
    }
    at += units - 1
  }
  return { code, from, to, gap, clause, step, length }
}

/** Whether a word or number is cut between two neighbouring characters. */
export function cutsWord(reading: Reading, at: number): boolean {
  if (at <= 0 || at >= reading.length || reading.gap[at] === 1 || reading.clause[at] !== reading.clause[at - 1]) return false
  const before = reading.code[at - 1] ?? 0
  const after = reading.code[at] ?? 0
  if (isLatin(before)) return isLatin(after)
  return (isDigit(before) || before === DOT || before === COMMA) && (isDigit(after) || after === DOT || after === COMMA)
}
