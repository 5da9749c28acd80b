/** How many wrong, missing or additional signs a query of this length may have. */
export function allowedErrors(length: number): number {
  if (length >= 8) return 2
  return length >= 4 ? 1 : 0
}

/**
 * A query prepared for `findNear`: for each of its signs, where it occurs, as bits; and one piece more than the allowed errors, so that
 * one piece is free of errors: a text without any of them is passed over. Two signs in the wrong order count as one error: `swapped` are
 * the query with each of its neighbours swapped.
 */
export type NearQuery = { length: number; bits: ReadonlyMap<number, number>; pieces: readonly string[]; swapped: readonly string[] }

const LONGEST = 30

/** @param query folded; null if it is too short for errors, or too long */
export function nearQuery(query: string): NearQuery | null {
  if (allowedErrors(query.length) === 0 || query.length > LONGEST) return null
  const bits = new Map<number, number>()
  for (let at = 0; at < query.length; at += 1) bits.set(query.charCodeAt(at), (bits.get(query.charCodeAt(at)) ?? 0) | (1 << at))
  const swapped = Array.from(
    { length: query.length - 1 },
    (_, at) => query.slice(0, at) + (query[at + 1] ?? '') + (query[at] ?? '') + query.slice(at + 2),
  )
  const pieces = allowedErrors(query.length) + 1
  const cut = (index: number) => Math.round((index * query.length) / pieces)
  return {
    length: query.length,
    bits,
    pieces: Array.from({ length: pieces }, (_, index) => query.slice(cut(index), cut(index + 1))),
    swapped,
  }
}

/**
 * Finds the part of a text that is nearest to the query, by the number of edits (Myers 1999, one step per sign).
 * @returns its end, or null if every part has more errors than allowed
 */
export function findNear(text: string, { length, bits, pieces, swapped }: NearQuery): { end: number; errors: number } | null {
  for (const one of swapped) {
    const start = text.indexOf(one)
    if (start >= 0) return { end: start + length, errors: 1 }
  }
  if (!pieces.some((piece) => text.includes(piece))) return null
  const last = 1 << (length - 1)
  let best: { end: number; errors: number } | null = null
  let errors = length
  let plus = -1
  let minus = 0
  let limit = allowedErrors(length)
  for (let at = 0; at < text.length; at += 1) {
    const same = bits.get(text.charCodeAt(at)) ?? 0
    const vertical = same | minus
    const horizontal = ((((same & plus) + plus) | 0) ^ plus) | same
    let up = minus | ~(horizontal | plus)
    let down = plus & horizontal
    if (up & last) errors += 1
    if (down & last) errors -= 1
    up <<= 1
    down <<= 1
    plus = down | ~(vertical | up)
    minus = up & vertical
    if (errors <= limit) {
      best = { end: at + 1, errors }
      limit = errors - 1
      if (limit < 0) return best
    }
  }
  return best
}

/** The share of the neighbouring pairs of signs of a query that occur in a text, 0 to 1: for Chinese sentences that are not said word by word. */
export function sharedPairs(text: string, query: string): number {
  let found = 0
  for (let at = 0; at + 1 < query.length; at += 1) if (text.includes(query.slice(at, at + 2))) found += 1
  return query.length < 2 ? 0 : found / (query.length - 1)
}
