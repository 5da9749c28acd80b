import type { RevisionRow, WordingView } from '#contract/wording-api.ts'

/** What this member does next with a text. `wait`: others decide. `rest`: nothing to do. */
export type NextStep =
  | { kind: 'restore' }
  | { kind: 'write' }
  | { kind: 'mend'; revision: RevisionRow }
  | { kind: 'ask'; revision: RevisionRow }
  | { kind: 'review'; revision: RevisionRow }
  | { kind: 'wait'; revision: RevisionRow }
  | { kind: 'publish'; revision: RevisionRow }
  | { kind: 'rest' }

/** The next step of a text for the member who reads it. */
export function nextStep(wording: WordingView): NextStep {
  const { removed, revisions, live, past, draftAhead, valuesBehind } = wording
  const [last] = revisions
  if (removed) return { kind: 'restore' }
  if (!last) return { kind: 'write' }
  const { status } = last.approval
  // Published, it stays in use, whoever leaves since. With a changed value it goes out again.
  if (live?.revisionId === last.id && !live.unapproved && !valuesBehind) return { kind: draftAhead ? 'write' : 'rest' }
  if (status === 'in-review') return { kind: last.mayApproveAs.length > 0 ? 'review' : 'wait', revision: last }
  if (status === 'rejected') return { kind: 'mend', revision: last }
  if (status === 'draft') return draftAhead ? { kind: 'write' } : { kind: 'ask', revision: last }
  // What was withdrawn is not offered again: the next step is to write a better one.
  if (past[0]?.end === 'withdrawn' && past[0].revisionId === last.id) return { kind: 'write' }
  return { kind: 'publish', revision: last }
}

/** The revision to which a decision on another one is compared: the one in use, else the one before it; null for the first. */
export function comparedTo({ live, revisions }: Pick<WordingView, 'live' | 'revisions'>, revision: RevisionRow): RevisionRow | null {
  const inUse = revisions.find(({ id }) => id === live?.revisionId)
  if (inUse && inUse.number < revision.number) return inUse
  return revisions.find(({ number }) => number < revision.number) ?? null
}
