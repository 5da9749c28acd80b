import { tableProblem, type Outcome } from '../table-problem.ts'

const NUMBER = /^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(e[+-]?\d{1,3})?\s?(万亿|亿|万|千|%)?$/iu

/** Powers of ten. */
const UNITS: Readonly<Record<string, number>> = { 千: 3, 万: 4, 亿: 8, 万亿: 12, '%': -2 }

/**
 * Parses a number as tables show it: `5,336,570`, `533.7万`, `1.2亿`, `１２３` in full width, `12.5%` (as 0.125), `-3`, `1.2e5`.
 * Refuses `10万+` and ranges, which are not exact, and a decimal comma, which is indistinguishable from a thousands separator.
 * Problem: not-a-number.
 */
export function parseNumber(text: string): Outcome<number, 'not-a-number'> {
  if (hasDisguisedDigits(text)) return { ok: false, problem: tableProblem('not-a-number', { text }) }
  const clean = text.normalize('NFKC').replaceAll('\u2212', '-').trim()
  const match = NUMBER.exec(clean)
  if (match !== null) {
    const [, sign, digits, exponent, unit] = match
    // Shifting the exponent in text keeps 533.7万 from becoming 5337000.000000001.
    const power = Number((exponent ?? 'e0').slice(1)) + (UNITS[unit ?? ''] ?? 0)
    const value = Number(`${sign}${(digits ?? '').replaceAll(',', '')}e${power}`)
    // Adding nothing turns -0 into 0.
    if (Number.isFinite(value)) return { ok: true, value: value + 0 }
  }
  return { ok: false, problem: tableProblem('not-a-number', { text }) }
}

/** Whether a text contains digits with another meaning: 1234¹ has a footnote, 5² is a power, ① is a list number. */
export function hasDisguisedDigits(text: string): boolean {
  for (const character of text) {
    if (!/[0-9\uFF10-\uFF19]/u.test(character) && /\d/u.test(character.normalize('NFKC'))) return true
  }
  return false
}
