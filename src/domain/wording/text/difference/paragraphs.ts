import { alignItems, type Pairs } from './align.ts'

/** Paragraphs on each side of a stretch without equal ones that are compared by their likeness. */
const MOST_COMPARED = 60
/** How alike two paragraphs are that are versions of one another. */
const LIKE = 0.35

function bigrams(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  const bare = text.replaceAll(/[\s\p{P}]/gu, '').slice(0, 2000)
  for (let at = 0; at < Math.max(1, bare.length - 1); at += 1) {
    const pair = bare.slice(at, at + 2)
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}

/** The likeness of two texts by pairs of characters, from 0 to 1. */
function likeness(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let shared = 0
  let all = 0
  for (const [pair, count] of one) {
    shared += Math.min(count, other.get(pair) ?? 0)
    all += count
  }
  for (const count of other.values()) all += count
  return all === 0 ? 0 : (2 * shared) / all
}

/** Pairs paragraphs that are alike, in order, so that the sum of their likeness is the largest. */
function alignAlike(before: readonly string[], after: readonly string[]): Pairs {
  const one = before.map(bigrams)
  const two = after.map(bigrams)
  const scores = one.map((grams) => two.map((other) => likeness(grams, other)))
  const best = Array.from({ length: one.length + 1 }, () => new Float64Array(two.length + 1))
  const at = (row: number, column: number) => best[row]?.[column] ?? 0
  const score = (row: number, column: number) => scores[row]?.[column] ?? 0
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = two.length - 1; column >= 0; column -= 1) {
      const both = score(row, column) >= LIKE ? at(row + 1, column + 1) + score(row, column) : 0
      const line = best[row]
      if (line) line[column] = Math.max(both, at(row + 1, column), at(row, column + 1))
    }
  }
  const pairs: Pairs = []
  let row = 0
  let column = 0
  while (row < one.length && column < two.length) {
    if (at(row, column) === at(row + 1, column)) row += 1
    else if (at(row, column) === at(row, column + 1)) column += 1
    else pairs.push([row++, column++])
  }
  return pairs
}

/**
 * Pairs the paragraphs of two texts: equal ones first, then between them those that are alike. A stretch with one paragraph
 * on each side is a changed paragraph only if they are alike.
 */
export function alignParagraphs(before: readonly string[], after: readonly string[]): Pairs {
  const pairs: Pairs = []
  let from = 0
  let afterFrom = 0
  for (const [equal, afterEqual] of [...alignItems(before, after), [before.length, after.length] as const]) {
    const one = before.slice(from, equal)
    const two = after.slice(afterFrom, afterEqual)
    const inside = alignAlike(one.slice(0, MOST_COMPARED), two.slice(0, MOST_COMPARED))
    for (const [row, column] of inside) pairs.push([from + row, afterFrom + column])
    if (equal < before.length && afterEqual < after.length) pairs.push([equal, afterEqual])
    from = equal + 1
    afterFrom = afterEqual + 1
  }
  return pairs
}
