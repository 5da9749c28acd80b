import { hadBegun, type PublishedText } from '#domain/wording/published.ts'
import type { ReleaseView, RevisionRow, WordingRow, WordingView } from '#contract/wording-api.ts'

/** A row without anything that is only prepared. `content`: title and core message of the published revision. */
export function publishedRow(
  row: WordingRow,
  status: PublishedText['status'],
  live: ReleaseView | null,
  { title, core }: { title: string; core: string },
): WordingRow {
  return {
    ...row,
    title,
    core,
    status,
    live,
    last: null,
    inReview: null,
    ready: null,
    again: null,
    draftAhead: false,
    origin: null,
    preparedFor: '',
  }
}

/** A revision without its review and its authors. */
function publishedRevision(revision: RevisionRow): RevisionRow {
  return { ...revision, note: '', base: null, contributors: [], overruled: [], review: null, decisions: [], mayAskAgain: false }
}

/** A view without drafts, unpublished revisions, reviews, the policy, and values other than those that were published. */
export function publishedView(view: WordingView, row: WordingRow): WordingView {
  return {
    ...view,
    ...row,
    revisions: view.revisions.filter(({ id }) => id === row.live?.revisionId).map(publishedRevision),
    // The one in use stands among them while another is scheduled to replace it, which outsiders need not know.
    past: view.past.filter((one) => hadBegun(one) && one.at !== row.live?.at),
    policy: { roles: [], inOrder: false, dueMinutes: 0 },
    values: row.live?.values ?? {},
    valuesBehind: false,
  }
}
