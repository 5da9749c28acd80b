import { factsOf, type Fact, type FactKind } from '../facts/facts.ts'
import { clauseAt, clausesOf, sameSubject, subjectOf, type Subject } from '../facts/subjects.ts'
import type { ParagraphDifference } from './difference.ts'
import { tokensOf } from './tokens.ts'

/** A fact as written: paragraph and UTF-16 offsets in it. */
export type WrittenFact = { paragraph: number; start: number; end: number; text: string }

/** A number, date, time or telephone that changed; `before` is null if it is new, `after` if it is gone. */
export type ChangedFact = { kind: FactKind; before: WrittenFact | null; after: WrittenFact | null }

type Known = { fact: Fact; subject: Subject; written: WrittenFact }

function known(paragraphs: readonly string[]): Known[] {
  return paragraphs.flatMap((text, paragraph) => {
    const clauses = clausesOf(text)
    return factsOf(text).map((fact) => {
      const { start, end } = fact
      const clause = clauseAt(text, clauses, fact)
      const subject = subjectOf(`${text.slice(clause.start, start)} ${text.slice(end, clause.end)}`)
      return { fact, subject, written: { paragraph, start, end, text: text.slice(start, end) } }
    })
  })
}

/** With more facts gone, two texts have little in common: each change is then listed alone. */
const MOST_PAIRED = 500

const sameKey = ({ kind, quantity, value }: Fact) => `${kind}:${quantity}:${value}`

/** The facts of one side that the other has not, or has fewer times. */
function without(facts: readonly Known[], others: readonly Known[]): Known[] {
  const left = new Map<string, number>()
  for (const { fact } of others) left.set(sameKey(fact), (left.get(sameKey(fact)) ?? 0) + 1)
  return facts.filter(({ fact }) => {
    const count = left.get(sameKey(fact)) ?? 0
    left.set(sameKey(fact), count - 1)
    return count <= 0
  })
}

/**
 * The numbers, dates, times and telephones that differ between two texts: what legal looks for first (MS-03). A fact that is
 * only moved or written in another way (48 hours, two days) has not changed. A changed fact is paired with the one that it
 * replaces: about the same thing, else the next of its kind and quantity in the same paragraph.
 */
export function changedFacts(before: readonly string[], after: readonly string[]): ChangedFact[] {
  const [old, now] = [known(before), known(after)]
  const gone = without(old, now)
  const free = new Set(gone)
  const pick = (fits: (one: Known) => boolean): Known | undefined => {
    if (free.size > MOST_PAIRED) return undefined
    for (const one of free) {
      if (!fits(one)) continue
      free.delete(one)
      return one
    }
    return undefined
  }
  const changed = without(now, old).map((one): ChangedFact => {
    const alike = ({ fact }: Known) => fact.kind === one.fact.kind && fact.quantity === one.fact.quantity
    const replaced =
      pick((other) => alike(other) && sameSubject(other.subject, one.subject)) ??
      pick((other) => alike(other) && other.written.paragraph === one.written.paragraph)
    return { kind: one.fact.kind, before: replaced?.written ?? null, after: one.written }
  })
  return [...changed, ...[...free].map(({ fact, written }): ChangedFact => ({ kind: fact.kind, before: written, after: null }))]
}

/** The figures of one sentence about what changed. */
export type ChangeCounts = {
  addedWords: number
  removedWords: number
  addedParagraphs: number
  removedParagraphs: number
  changedParagraphs: number
  changedNumbers: number
  changedDates: number
  changedPhones: number
}

/** Counts what changed: words without punctuation, paragraphs, and facts (a time of day counts as a date). */
export function changeCounts(paragraphs: readonly ParagraphDifference[], facts: readonly ChangedFact[]): ChangeCounts {
  const segments = paragraphs.flatMap((paragraph) => paragraph.segments)
  const wordsIn = (kind: 'added' | 'removed') =>
    segments
      .filter((segment) => segment.kind === kind)
      .flatMap(({ text }) => tokensOf(text))
      .filter((token) => /[\p{L}\p{N}]/u.test(token)).length
  const count = (kind: ParagraphDifference['kind']) => paragraphs.filter((paragraph) => paragraph.kind === kind).length
  const factsOfKind = (...kinds: FactKind[]) => facts.filter(({ kind }) => kinds.includes(kind)).length
  return {
    addedWords: wordsIn('added'),
    removedWords: wordsIn('removed'),
    addedParagraphs: count('added'),
    removedParagraphs: count('removed'),
    changedParagraphs: count('changed'),
    changedNumbers: factsOfKind('number'),
    changedDates: factsOfKind('date', 'time'),
    changedPhones: factsOfKind('phone'),
  }
}
