import { isLatin, readText } from './reading.ts'

/**
 * The pattern language of terms. It is small, so that no rule of a team can make a search slow:
 *
 *     保证            these characters, whatever blanks and signs stand between them
 *     [一定|必定]赔   one of several; `[会|]` is optional
 *     保证…退款       at most eight characters or Latin words between, in the same clause
 *     full refund     words, separated by blanks or signs; part of a word does not match
 */
export type TermPattern = { pieces: readonly Piece[] }

/** Characters in a row. `gaps`: at each place whether words must be apart (1), together (0) or either (2). */
export type Piece = { code: Uint16Array; gaps: Uint8Array }

/** Maximum distance between two pieces, in characters or Latin words. */
export const MOST_BETWEEN = 8
const MOST_PIECES = 4
const MOST_FORMS = 256
const LONGEST = 40

/** All forms of a pattern with its alternatives written out; null if there are too many or a bracket does not close. */
function writtenOut(pattern: string): string[] | null {
  let forms = ['']
  for (let at = 0; at < pattern.length;) {
    const open = pattern.indexOf('[', at)
    const words = pattern.slice(at, open < 0 ? pattern.length : open)
    if (words.includes(']')) return null
    forms = forms.map((form) => form + words)
    if (open < 0) return forms
    const close = pattern.indexOf(']', open)
    const inside = pattern.slice(open + 1, close)
    if (close < 0 || inside.includes('[')) return null
    const alternatives = inside.split('|')
    if (alternatives.length < 2 || forms.length * alternatives.length > MOST_FORMS) return null
    forms = forms.flatMap((form) => alternatives.map((alternative) => form + alternative))
    at = close + 1
  }
  return forms
}

function pieceOf(words: string): Piece | null {
  const { code, gap, clause, length } = readText(words)
  if (length === 0 || length > LONGEST || clause[0] !== clause[length - 1]) return null
  const gaps = Uint8Array.from({ length }, (_none, at) =>
    at > 0 && isLatin(code[at] ?? 0) && isLatin(code[at - 1] ?? 0) ? (gap[at] ?? 0) : 2,
  )
  return { code: code.slice(0, length), gaps }
}

/** Compiles a term. @returns one pattern for each of its forms, or null if it is not written in the pattern language */
export function compileTerm(term: string): TermPattern[] | null {
  const forms = writtenOut(term)
  if (forms === null) return null
  const patterns: TermPattern[] = []
  for (const form of new Set(forms)) {
    const pieces: Piece[] = []
    for (const words of form.split('…')) {
      const piece = pieceOf(words)
      if (piece === null) return null
      pieces.push(piece)
    }
    if (pieces.length > MOST_PIECES) return null
    patterns.push({ pieces })
  }
  return patterns
}
