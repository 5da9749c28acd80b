import { isAlphanumeric, isHanDigit, readSigns, SPACE, WORD, type TextSigns } from './text-signs.ts'

export const PERSONAL_KINDS = ['phone', 'mail', 'identity', 'card', 'order', 'paper', 'plate', 'account'] as const
/**
 * Kinds of spots: telephone, e-mail address, identity card, bank card, order or parcel, passport or permit, number plate,
 * messenger account.
 */
export type PersonalKind = (typeof PERSONAL_KINDS)[number]

/** A place in a text that identifies a person: its range [from, to), its mask, and its kind. */
export type PersonalSpot = { from: number; to: number; mask: string; kind: PersonalKind }

/** The state shared by all searches. `steps` counts the work done, so that a test can prove that it grows linearly with the text. */
export type PersonalScan = TextSigns & {
  text: string
  /** Characters that belong to something already recognized: a link, a hash, a mask, or a spot. */
  taken: Uint8Array
  spots: PersonalSpot[]
  steps: number
}

export function beginScan(text: string): PersonalScan {
  const signs = readSigns(text)
  return { ...signs, text, taken: new Uint8Array(signs.length + 1), spots: [], steps: signs.length }
}

export function take(scan: PersonalScan, from: number, to: number): void {
  scan.taken.fill(1, from, to)
  scan.steps += to - from
}

/** Marks the characters [from, to) as personal. */
export function addSpot(scan: PersonalScan, from: number, to: number, kind: PersonalKind, mask: string): void {
  scan.spots.push({ from: scan.at[from] ?? 0, to: scan.at[to] ?? scan.text.length, mask, kind })
  take(scan, from, to)
}

/** The normalized characters [from, to) as a text. */
export function plainText(scan: PersonalScan, from: number, to: number): string {
  let plain = ''
  for (let place = from; place < to; place += 1) plain += String.fromCharCode(scan.code[place] ?? 0)
  scan.steps += to - from
  return plain
}

const LONGEST_WORD = 13
const NEUTRAL = new Set('是为约达近超共有在到了将按以#＃号码')

/** Whether a character may occur between a word and its number. */
function joins(scan: PersonalScan, place: number): boolean {
  const code = scan.code[place] ?? 0
  if (scan.taken[place] === 1) return false
  if (code === SPACE || code === 58 || code === 40 || code === 45 || code === 46 || code === 35 || code === 36) return true
  return (code === WORD || isAlphanumeric(code)) && NEUTRAL.has(scan.text[scan.at[place] ?? 0] ?? '')
}

/**
 * The meaning of the word before a position, with at most six characters between.
 * @param words in lower case
 */
export function wordBefore<Meaning>(scan: PersonalScan, place: number, words: ReadonlyMap<string, Meaning>): Meaning | null {
  let end = place
  for (let skipped = 0; end > 0; skipped += 1) {
    const code = scan.code[end - 1] ?? 0
    if (code === WORD || isAlphanumeric(code) || isHanDigit(code) || code === 35 || code === 45) {
      const meaning = wordEndingAt(scan, end, words)
      if (meaning !== null) return meaning
    }
    if (skipped === 6 || !joins(scan, end - 1)) return null
    end -= 1
  }
  return null
}

function wordEndingAt<Meaning>(scan: PersonalScan, end: number, words: ReadonlyMap<string, Meaning>): Meaning | null {
  const to = (scan.at[end - 1] ?? 0) + 1
  const tail = scan.text.slice(Math.max(0, to - LONGEST_WORD), to).toLowerCase()
  scan.steps += LONGEST_WORD
  for (let length = Math.min(LONGEST_WORD, tail.length); length >= 1; length -= 1) {
    const word = tail.slice(-length)
    const meaning = words.get(word)
    // A Latin word counts only if no letter precedes it.
    if (meaning !== undefined && !(/^[a-z]/.test(word) && isAlphanumeric(scan.code[end - length - 1]))) return meaning
  }
  return null
}

/** Reads at most `most` characters at a position, without blanks. */
export function textFrom(scan: PersonalScan, place: number, most: number): string {
  let from = place
  while (from < scan.length && scan.code[from] === SPACE && from - place < 2) from += 1
  scan.steps += most
  const at = scan.at[from] ?? scan.text.length
  return scan.text.slice(at, at + most).toLowerCase()
}
