import type { PastRelease, Release, WordingState } from '#domain/wording/wording.ts'
import type { ReleaseView, RevisionRow, WordingRow, WordingStatus, WordingView } from '#contract/wording-api.ts'

/** What people outside the company see of a text: its release, or the withdrawal of its last one. */
export type PublishedText = { release: Release; status: Extract<WordingStatus, 'published' | 'expired' | 'withdrawn'> }

/** Whether a release that ended had begun, so that others have seen it. */
const hadBegun = ({ from, endedAt }: PastRelease) => from <= endedAt

/**
 * The release of a text that is in use, expired or withdrawn. A release that begins later is not published yet: until then the one
 * that it replaces is in use.
 * @returns null if nothing of the text is published
 */
export function publishedText({ live, past, removed }: WordingState, now: number): PublishedText | null {
  if (removed) return null
  const begun = past.filter(hadBegun)
  const last = begun.at(-1)
  const inUse = live && live.from > now ? (last?.end === 'superseded' ? last : null) : live
  if (inUse) return { release: inUse, status: inUse.until !== null && inUse.until <= now ? 'expired' : 'published' }
  return last?.end === 'withdrawn' ? { release: last, status: 'withdrawn' } : null
}

/** A row without anything that is only prepared. `content`: title and core message of the published revision. */
export function publishedRow(
  row: WordingRow,
  status: PublishedText['status'],
  live: ReleaseView | null,
  { title, core }: { title: string; core: string },
): WordingRow {
  return { ...row, title, core, status, live, last: null, inReview: null, ready: null, draftAhead: false, origin: null, preparedFor: '' }
}

/** A revision without its review and its authors. */
function publishedRevision(revision: RevisionRow): RevisionRow {
  return { ...revision, note: '', base: null, contributors: [], overruled: [], review: null, decisions: [] }
}

/** A view without drafts, unpublished revisions and reviews. */
export function publishedView(view: WordingView, row: WordingRow): WordingView {
  return {
    ...view,
    ...row,
    revisions: view.revisions.filter(({ id }) => id === row.live?.revisionId).map(publishedRevision),
    past: view.past.filter(hadBegun),
  }
}
