import { rangeBefore, type TextRange } from '../text-range.ts'

/** The words of a clause by which two statements are recognized as being about the same thing. */
export type Subject = ReadonlySet<string>

const CLAUSE_END = /[，。！？；：、,!?;:\n…]|\.(?=\s|$)/gu
const HAN_OR_WORD = /[\p{Script=Han}]+|[a-z][a-z'-]*/gu
/** Characters that join words in many clauses and say nothing about their subject. */
const EMPTY_SIGNS =
  /[的了在是将会已我们您你他她于为和与内前后约共把对请其该这那可并也都就由至到从仍被让给再还又最及或之以能起等向所有着过]/gu
const EMPTY_WORDS = new Set(
  'a an the is are was were be been will would we you your our they it its this that to of in on at by for from with and or within about have has had can may not no do does did all any as there'.split(
    ' ',
  ),
)

/** The clauses of a text, split at commas and at ends of sentences. */
export function clausesOf(text: string): TextRange[] {
  const clauses: TextRange[] = []
  let start = 0
  for (const { index } of text.matchAll(CLAUSE_END)) {
    if (index > start) clauses.push({ start, end: index })
    start = index + 1
  }
  if (text.length > start) clauses.push({ start, end: text.length })
  return clauses
}

/** The clause at a place, at most 120 characters of it around the place. */
export function clauseAt(text: string, clauses: readonly TextRange[], { start, end }: TextRange): TextRange {
  const clause = clauses[rangeBefore(clauses, start)] ?? { start, end }
  return { start: Math.max(clause.start, start - 60), end: Math.max(end, Math.min(clause.end, end + 60)) }
}

/** The subject of a clause: pairs of Chinese characters and single Latin words, without empty words. */
export function subjectOf(clause: string): Subject {
  const words = new Set<string>()
  for (const [run] of clause.toLowerCase().replaceAll(EMPTY_SIGNS, ' ').matchAll(HAN_OR_WORD)) {
    if (/^[a-z]/u.test(run)) {
      if (!EMPTY_WORDS.has(run)) words.add(run.replace(/(?:'s|s)$/u, ''))
    } else if (run.length === 1) words.add(run)
    else for (let at = 0; at + 2 <= run.length; at += 1) words.add(run.slice(at, at + 2))
  }
  return words
}

/** The share of the words of the smaller subject that two statements must have in common. */
const ENOUGH = 0.6

/** Whether two statements are about the same thing: most of the words of one are in the other, or they are equal. */
export function sameSubject(one: Subject, other: Subject): boolean {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one]
  if (small.size === 0) return false
  let shared = 0
  for (const word of small) if (large.has(word)) shared += 1
  return (shared >= 2 && shared / small.size >= ENOUGH) || (shared === small.size && small.size === large.size)
}
