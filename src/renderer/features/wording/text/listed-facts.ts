import { changedFacts, type ChangedFact } from '#domain/wording/text/difference/changed-facts.ts'
import type { ParagraphDifference } from '#domain/wording/text/difference/difference.ts'

/** A number, date, time or telephone that changed, as written; null where it does not exist. */
export type ListedFact = { kind: ChangedFact['kind']; before: string | null; after: string | null }

/**
 * The facts that changed between two texts, for a list: one that is new and one that is gone from the same paragraph are one
 * change, and a change that occurs in several paragraphs is listed once.
 */
export function listedFacts(before: readonly string[], after: readonly string[], paragraphs: readonly ParagraphDifference[]): ListedFact[] {
  const facts = changedFacts(before, after)
  const counterpart = new Map(paragraphs.map((one) => [one.after, one.before]))
  const gone = new Set(facts.filter((fact) => fact.after === null))
  const listed = facts.flatMap((fact): ListedFact[] => {
    if (fact.after === null) return []
    const own = fact.before?.text ?? takeGone(gone, fact, counterpart.get(fact.after.paragraph))
    return [{ kind: fact.kind, before: own, after: fact.after.text }]
  })
  const rest = [...gone].map(({ kind, before: lost }): ListedFact => ({ kind, before: lost?.text ?? null, after: null }))
  return [...new Map([...listed, ...rest].map((one) => [`${one.kind} ${one.before ?? ''} ${one.after ?? ''}`, one])).values()]
}

function takeGone(gone: Set<ChangedFact>, { kind }: ChangedFact, paragraph: number | null | undefined): string | null {
  for (const one of gone) {
    if (one.kind !== kind || one.before?.paragraph !== paragraph) continue
    gone.delete(one)
    return one.before?.text ?? null
  }
  return null
}
