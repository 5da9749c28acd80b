import { hasBegun, publishedText } from '#domain/wording/published.ts'
import { standingRevisions } from '#domain/wording/standing.ts'
import { WORDING, WORDING_DRAFT } from '#domain/wording/wording-entity.ts'
import type { Release, WordingState } from '#domain/wording/wording.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import type { ReleaseView, WordingRow, WordingStatus } from '#contract/wording-api.ts'
import { pendingIds, type ServiceContext } from '../context/service-context.ts'
import { publishedRow } from './wording-published.ts'
import type { JudgedRevision, Wording, WordingReader } from './wording-reader.ts'

type NameOf = (id: string) => string

/** @param asked the last revision that was submitted, else the last, with its approval */
function statusOf({ live, past }: WordingState, asked: JudgedRevision | null, now: number): WordingStatus {
  if (live) {
    if (live.until !== null && live.until <= now) return 'expired'
    return hasBegun(live, now) ? 'published' : 'scheduled'
  }
  const status = asked?.approval.status ?? 'draft'
  if (status === 'draft' && past.at(-1)?.end === 'withdrawn') return 'withdrawn'
  // The withdrawn revision itself is no longer ready to be used, although its approval stands.
  return past.at(-1)?.end === 'withdrawn' && past.at(-1)?.revisionId === asked?.id ? 'withdrawn' : status
}

const numbered = (revision: JudgedRevision | null) => revision && { id: revision.id, number: revision.number }

/**
 * Makes the rows of lists.
 * @returns for a text, its row as the member of this device sees it, or nothing
 */
export function createWordingRows(context: ServiceContext, reader: WordingReader): (wording: Wording, nameOf: NameOf) => WordingRow[] {
  const { store } = context
  const isPending = pendingIds(context, 'wording')

  const release = (live: Release | null, nameOf: NameOf): ReleaseView | null =>
    live && { ...live, byName: nameOf(live.by), unapproved: reader.isUnapproved(live) }

  /** The revision in use if nothing of it is left to decide: it stays in use, whoever of its approvers leaves since. */
  function settledRevision(wording: Wording): string | null {
    const { live } = wording.state
    return live && !reader.isUnapproved(live) && !reader.areValuesBehind(wording) ? live.revisionId : null
  }

  function originOf({ origin }: WordingState): WordingRow['origin'] {
    if (!origin) return null
    const source = WORDING.read(store, origin.wordingId)?.state
    const current = source?.live?.hash ?? source?.revisions.at(-1)?.hash
    return { wordingId: origin.wordingId, title: source?.title ?? '', movedOn: current !== undefined && current !== origin.hash }
  }

  /** Where the revisions of a text stand. */
  function standing(wording: Wording, nameOf: NameOf): Pick<WordingRow, 'status' | 'last' | 'inReview' | 'ready' | 'again'> {
    const { state } = wording
    const approvals = reader.approvalsOf(state)
    const newest = approvals.at(-1) ?? null
    const inUse = settledRevision(wording)
    const { inReview, ready } = standingRevisions(
      approvals.filter(({ id: one }) => one !== inUse),
      state,
    )
    const { asked, again } = standingRevisions(approvals, state)
    return {
      status: statusOf(state, asked ?? newest, context.now()),
      last: newest && {
        id: newest.id,
        number: newest.number,
        approval: newest.approval,
        at: newest.revision.state.at,
        byName: nameOf(newest.revision.state.by),
        dueAt: newest.revision.state.review?.dueAt ?? null,
      },
      inReview: inReview && { id: inReview.id, number: inReview.number, dueAt: inReview.revision.state.review?.dueAt ?? 0 },
      ready: numbered(ready),
      again: numbered(again),
    }
  }

  function row(wording: Wording, nameOf: NameOf): WordingRow {
    const { state, scope, id } = wording
    const { kind, statement, scenario, emotion, language, preparedFor, title, core, removed, createdAt } = state
    return {
      id,
      incidentId: incidentOfScope(scope),
      kind,
      statement,
      scenario,
      emotion,
      language,
      preparedFor,
      title,
      core,
      removed,
      createdAt,
      ...standing(wording, nameOf),
      live: release(state.live, nameOf),
      draftAhead: (WORDING_DRAFT.read(store, id)?.state.contributors.length ?? 0) > 0,
      origin: originOf(state),
      pending: isPending(id),
    }
  }

  return (wording, nameOf) => {
    const whole = row(wording, nameOf)
    if (!reader.isOutside()) return [whole]
    const published = publishedText(wording.state, context.now())
    const content = reader.revisionOf(published?.release.revisionId)?.state.content
    if (!published || !content) return []
    const live = published.status === 'withdrawn' ? null : release(published.release, nameOf)
    return [publishedRow(whole, published.status, live, content)]
  }
}
