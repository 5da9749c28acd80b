import type { RevisionRow, WordingView } from '#contract/wording-api.ts'
import { standingRevisions } from '#domain/wording/standing.ts'

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

/**
 * The next steps of a text for the member who reads it, the most important first. A revision that is approved or in approval keeps its
 * step when a newer draft is saved.
 */
export function nextSteps(wording: WordingView): [NextStep, ...NextStep[]] {
  const { removed, revisions, live, draftAhead, valuesBehind } = wording
  const [last] = revisions
  if (removed) return [{ kind: 'restore' }]
  if (!last) return [{ kind: 'write' }]
  // Published, it stays in use, whoever of its approvers leaves since.
  const settled = live && !live.unapproved && !valuesBehind ? live.revisionId : null
  const { inReview, ready } = standingRevisions(
    revisions.filter(({ id }) => id !== settled),
    wording,
  )
  // With a changed value the text in use goes out again once it is approved with that value.
  const again = valuesBehind ? revisions.find(({ id, approval }) => id === live?.revisionId && approval.status === 'approved') : undefined
  const toPublish = ready ?? again ?? null
  const decided = [inReview, toPublish]
    .flatMap((revision): { kind: 'review' | 'wait' | 'publish'; revision: RevisionRow }[] => {
      if (!revision) return []
      if (revision === toPublish) return [{ kind: 'publish', revision }]
      return [{ kind: revision.mayApproveAs.length > 0 ? 'review' : 'wait', revision }]
    })
    .toSorted((a, b) => b.revision.number - a.revision.number)
  const own = ownStep(last, draftAhead)
  const [first, ...others] = own?.kind === 'mend' ? [own, ...decided] : [...decided, ...(own ? [own] : [])]
  if (first) return [first, ...others]
  return [{ kind: live?.revisionId === last.id && !draftAhead ? 'rest' : 'write' }]
}

/** What remains to be done with the last revision by those who write. */
function ownStep(last: RevisionRow, draftAhead: boolean): NextStep | null {
  if (last.approval.status === 'rejected') return { kind: 'mend', revision: last }
  if (last.approval.status === 'draft') return draftAhead ? { kind: 'write' } : { kind: 'ask', revision: last }
  return null
}

/**
 * The revisions whose approval is shown, newest first: the last that was submitted, one that still waits for a decision, and one that is
 * approved and not published yet.
 */
export function reviewedRevisions(wording: Pick<WordingView, 'revisions' | 'live' | 'past'>): RevisionRow[] {
  const { asked, inReview, ready } = standingRevisions(wording.revisions, wording)
  return wording.revisions.filter((one) => one === asked || one === inReview || one === ready)
}

/** The revision that may be released in an emergency: the one in approval, else the last if it was never submitted; null if there is none. */
export function urgentRevision(wording: WordingView): RevisionRow | null {
  const [last] = wording.revisions
  const { inReview, ready } = standingRevisions(wording.revisions, wording)
  const urgent = inReview ?? (last?.approval.status === 'draft' && !ready ? last : null)
  return urgent && urgent.id !== wording.live?.revisionId ? urgent : null
}

/** The revision to which a decision on another one is compared: the one in use, else the one before it; null for the first. */
export function comparedTo({ live, revisions }: Pick<WordingView, 'live' | 'revisions'>, revision: RevisionRow): RevisionRow | null {
  const inUse = revisions.find(({ id }) => id === live?.revisionId)
  if (inUse && inUse.number < revision.number) return inUse
  return revisions.find(({ number }) => number < revision.number) ?? null
}
