import type { PersonalScan } from './personal-scan.ts'
import { HAN_DIGIT, isDigit, isHanDigit, isLatin, NEWLINE, SPACE } from './text-signs.ts'

/** Separators between two groups of digits, as bit flags. */
export const GAP = { blank: 1, dash: 2, dot: 4, comma: 8, slash: 16, bracket: 32, line: 64, colon: 128 } as const

/** Consecutive digits, [from, to) in characters; `han`: includes Chinese numerals; `gap`: the separators after the previous group. */
export type Group = { from: number; to: number; han: boolean; gap: number; gapLength: number }

const LONGEST_GAP = 4

function gapOf(code: number): number {
  switch (code) {
    case SPACE:
      return GAP.blank
    case 45:
      return GAP.dash
    case 46:
      return GAP.dot
    case 44:
      return GAP.comma
    case 47:
      return GAP.slash
    case 40:
    case 41:
      return GAP.bracket
    case NEWLINE:
      return GAP.line
    case 58:
      return GAP.colon
    default:
      return 0
  }
}

/** A Chinese 一 between two digits is a dash typed that way. */
function isDash(scan: PersonalScan, place: number): boolean {
  return (
    scan.code[place] === HAN_DIGIT + 1 &&
    scan.text[scan.at[place] ?? 0] === '一' &&
    isDigit(scan.code[place - 1]) &&
    isDigit(scan.code[place + 1])
  )
}

function isGroupSign(scan: PersonalScan, place: number): boolean {
  const code = scan.code[place]
  return place < scan.length && scan.taken[place] === 0 && (isDigit(code) || (isHanDigit(code) && !isDash(scan, place)))
}

function readGroup(scan: PersonalScan, from: number, gap: number, gapLength: number): Group {
  let to = from
  let han = false
  while (isGroupSign(scan, to)) {
    if (!isDigit(scan.code[to])) han = true
    to += 1
  }
  scan.steps += to - from
  return { from, to, han, gap, gapLength }
}

/** Start of the next group after at most four separator characters, and their flags; null at the end of a phrase. */
function nextGroup(scan: PersonalScan, from: number): { from: number; gap: number } | null {
  let gap = 0
  for (let place = from; place < scan.length && place - from <= LONGEST_GAP; place += 1) {
    scan.steps += 1
    if (isGroupSign(scan, place)) return { from: place, gap }
    const one = isDash(scan, place) ? GAP.dash : gapOf(scan.code[place] ?? 0)
    if (one === 0 || scan.taken[place] === 1) return null
    gap |= one
  }
  return null
}

/** Groups of digits with only separators between them, one phrase at a time. */
export function* numberPhrases(scan: PersonalScan): Generator<Group[]> {
  for (let place = 0; place < scan.length;) {
    scan.steps += 1
    if (!isGroupSign(scan, place)) {
      place += 1
      continue
    }
    const groups = [readGroup(scan, place, 0, 0)]
    for (;;) {
      const end = groups.at(-1)?.to ?? place
      place = end
      const next = nextGroup(scan, end)
      if (next === null) break
      groups.push(readGroup(scan, next.from, next.gap, next.from - end))
    }
    yield groups
  }
}

/** The digits of the characters [from, to), converted to ASCII digits. */
export function digitsOf(scan: PersonalScan, from: number, to: number): string {
  let digits = ''
  for (let place = from; place < to; place += 1) {
    const code = scan.code[place] ?? 0
    digits += String.fromCharCode(code >= HAN_DIGIT ? code - HAN_DIGIT + 48 : code)
  }
  scan.steps += to - from
  return digits
}

/** Start of the letters directly before a position; the position itself if there are none. */
export function lettersBefore(scan: PersonalScan, place: number, most = 4): number {
  let from = place
  while (place - from <= most && from > 0 && isLatin(scan.code[from - 1])) from -= 1
  scan.steps += place - from + 1
  return from
}
