import { cutsWord, type Reading } from './reading.ts'
import { MOST_BETWEEN, type Piece, type TermPattern } from './term-pattern.ts'

type Ending = { pattern: number; piece: number; gaps: Uint8Array }
type Node = { next: Map<number, Node>; endings: Ending[] }

/** Patterns compiled together: a text is read once, however many there are. */
export type TermIndex = { root: Node; pieces: readonly number[]; owners: readonly number[] }

/** A term found: who asked for it, and its characters [from, to) in the reading. */
export type TermMatch = { owner: number; from: number; to: number }

/** Maximum number of matches of one search. */
const MOST_MATCHES = 50_000

function addPiece(root: Node, { code, gaps }: Piece, pattern: number, piece: number): void {
  let node = root
  for (const sign of code) {
    let next = node.next.get(sign)
    if (next === undefined) {
      next = { next: new Map(), endings: [] }
      node.next.set(sign, next)
    }
    node = next
  }
  node.endings.push({ pattern, piece, gaps })
}

/** Builds the index of patterns. @param patterns each with the number of its owner, which its matches name */
export function indexTerms(patterns: readonly { owner: number; pattern: TermPattern }[]): TermIndex {
  const root: Node = { next: new Map(), endings: [] }
  for (const [number, { pattern }] of patterns.entries()) {
    for (const [place, piece] of pattern.pieces.entries()) addPiece(root, piece, number, place)
  }
  return { root, pieces: patterns.map(({ pattern }) => pattern.pieces.length), owners: patterns.map(({ owner }) => owner) }
}

function fitsGaps(reading: Reading, from: number, gaps: Uint8Array): boolean {
  for (let place = 1; place < gaps.length; place += 1) {
    if (gaps[place] !== 2 && reading.gap[from + place] !== gaps[place]) return false
  }
  return true
}

/** Beginnings of patterns with several pieces that may still be completed, by pattern and piece. */
type Begun = Map<string, { start: number; end: number }[]>

/** How many characters or Latin words stand between two pieces. */
function stepsBetween({ step }: Reading, end: number, from: number): number {
  return (step[from] ?? 0) - (step[end] ?? 0)
}

/** The beginning that a piece continues: the latest one near enough in the same clause. */
function begunBefore(reading: Reading, begun: Begun, key: string, from: number): { start: number; end: number } | undefined {
  return begun
    .get(key)
    ?.findLast(
      ({ start, end }) => end <= from && stepsBetween(reading, end, from) <= MOST_BETWEEN && reading.clause[start] === reading.clause[from],
    )
}

function keepBegun(begun: Begun, key: string, one: { start: number; end: number }): void {
  const list = begun.get(key) ?? []
  list.push(one)
  if (list.length > 2 * MOST_BETWEEN) list.shift()
  begun.set(key, list)
}

/** The state of one search. */
type Search = { index: TermIndex; reading: Reading; begun: Begun; matches: TermMatch[] }

/** Takes a piece found at [from, to): it begins, continues or completes its pattern. */
function takePiece({ index, reading, begun, matches }: Search, { pattern, piece, gaps }: Ending, from: number, to: number): void {
  if (!fitsGaps(reading, from, gaps)) return
  const before = piece === 0 ? { start: from } : begunBefore(reading, begun, `${pattern}:${piece - 1}`, from)
  if (before === undefined) return
  if (piece + 1 < (index.pieces[pattern] ?? 1)) keepBegun(begun, `${pattern}:${piece}`, { start: before.start, end: to })
  else matches.push({ owner: index.owners[pattern] ?? 0, from: before.start, to })
}

/**
 * Finds all terms in a text. The work per character is bounded by the longest term.
 * @returns the matches by where their last piece begins; at most about 50,000
 */
export function searchTerms(index: TermIndex, reading: Reading): TermMatch[] {
  const search: Search = { index, reading, begun: new Map(), matches: [] }
  for (let from = 0; from < reading.length && search.matches.length < MOST_MATCHES; from += 1) {
    if (cutsWord(reading, from)) continue
    let node = index.root.next.get(reading.code[from] ?? 0)
    for (let to = from + 1; node !== undefined; to += 1) {
      if (node.endings.length > 0 && !cutsWord(reading, to)) for (const ending of node.endings) takePiece(search, ending, from, to)
      if (to >= reading.length || reading.clause[to] !== reading.clause[from]) break
      node = node.next.get(reading.code[to] ?? 0)
    }
  }
  return search.matches
}
