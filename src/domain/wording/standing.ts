import type { ApprovalState } from './approval.ts'
import type { WordingState } from './wording.ts'

type Standing = { number: number; approval: Pick<ApprovalState, 'status'> }
type Releases = { live: Pick<NonNullable<WordingState['live']>, 'number'> | null; past: readonly { number: number }[] }

/**
 * The revisions of a text that people act on. A later draft that was only saved hides none of them.
 * `asked`: the newest that was submitted. `inReview`: the newest that waits for a decision, and is not older than one that was
 * published. `ready`: the newest that is approved, was never published, and is newer than all that were. `again`: the newest that was
 * published, while it is approved.
 */
export function standingRevisions<Revision extends Standing>(
  revisions: readonly Revision[],
  { live, past }: Releases,
): Record<'asked' | 'inReview' | 'ready' | 'again', Revision | null> {
  const published = Math.max(live?.number ?? 0, ...past.map(({ number }) => number))
  const newest = (isMeant: (revision: Revision) => boolean) =>
    revisions.filter(isMeant).reduce<Revision | null>((found, one) => (found && found.number > one.number ? found : one), null)
  return {
    asked: newest(({ approval }) => approval.status !== 'draft'),
    inReview: newest(({ approval, number }) => approval.status === 'in-review' && number >= published),
    ready: newest(({ approval, number }) => approval.status === 'approved' && number > published),
    again: newest(({ approval, number }) => approval.status === 'approved' && number === published),
  }
}
