import { approvalOf } from '#domain/wording/approval.ts'
import { policyOf, valuesOf } from '#domain/commands/wording-commands.ts'
import { rolesToDecideAs } from '#domain/wording/revision-ops.ts'
import { REVISION, WORDING, WORDING_DRAFT } from '#domain/wording/wording-entity.ts'
import { standingRevisions } from '#domain/wording/standing.ts'
import type { Release, RevisionState, WordingState } from '#domain/wording/wording.ts'
import { incidentOfScope, type ScopeId } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { DraftView, ReleaseView, ReviewRow, RevisionRow, WordingRow, WordingStatus, WordingView } from '#contract/wording-api.ts'
import { commandRead } from '../context/run-command.ts'
import { actorHere, memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { publishedRow, publishedText, publishedView } from './wording-published.ts'

type Wording = Entity<WordingState>
type Revision = Entity<RevisionState>

/** What screens see of the texts of an incident or the library. */
export type WordingViews = {
  list(scope: ScopeId, removed: boolean): WordingRow[]
  /** Undefined if this member may not see it. */
  view(wording: Wording): WordingView | undefined
  /** Whether this member may read the content of a revision. */
  mayRead(revision: Revision): boolean
  /** Whether this member is from outside the company, and sees what is published only (000-16). */
  isOutside(): boolean
  draft(wordingId: string): DraftView | undefined
  reviews(): ReviewRow[]
}

/** @param asked the last revision that was submitted, else the last */
function statusOf({ live, past }: WordingState, asked: Revision | undefined, now: number): WordingStatus {
  if (live) {
    if (live.until !== null && live.until <= now) return 'expired'
    return live.from > now ? 'scheduled' : 'published'
  }
  const { status } = asked ? approvalOf(asked.state) : { status: 'draft' as const }
  if (status === 'draft' && past.at(-1)?.end === 'withdrawn') return 'withdrawn'
  // The withdrawn revision itself is no longer ready to be used, although its approval stands.
  return past.at(-1)?.end === 'withdrawn' && past.at(-1)?.revisionId === asked?.id ? 'withdrawn' : status
}

/** Creates the views. They read what this device shows, own pending ops included. */
export function createWordingViews(context: ServiceContext): WordingViews {
  const { store, db } = context
  const isPending = pendingIds(context, 'wording')
  const read = commandRead(context)
  const revisionsInReview = db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'revision' AND facet = 'in-review'")

  /** What a decision by the member of this device would read. */
  function decider() {
    const actor = actorHere(context)
    return { actorId: actor?.id ?? '', actor: actor?.state ?? null, now: context.now(), read: store.read }
  }

  const revisionOf = (id: string | undefined): Revision | undefined => (id === undefined ? undefined : REVISION.read(store, id))

  /** The revisions of a text with their approval. */
  const approvalsOf = ({ revisions }: WordingState) =>
    revisions.flatMap(({ id, number }) => {
      const revision = revisionOf(id)
      return revision ? [{ id, number, revision, approval: approvalOf(revision.state) }] : []
    })

  function release(live: Release | null, nameOf: (id: string) => string): ReleaseView | null {
    if (!live) return null
    const revision = live.emergency === null ? undefined : revisionOf(live.revisionId)
    return { ...live, byName: nameOf(live.by), unapproved: revision !== undefined && approvalOf(revision.state).status !== 'approved' }
  }

  function originOf({ origin }: WordingState): WordingRow['origin'] {
    if (!origin) return null
    const source = WORDING.read(store, origin.wordingId)?.state
    const current = source?.live?.hash ?? source?.revisions.at(-1)?.hash
    return { wordingId: origin.wordingId, title: source?.title ?? '', movedOn: current !== undefined && current !== origin.hash }
  }

  const isOutside = () => actorHere(context)?.state.vendor !== null

  /** A row as this member sees it, or nothing. */
  function shownRow(wording: Wording, nameOf: (id: string) => string): WordingRow[] {
    const whole = row(wording, nameOf)
    if (!isOutside()) return [whole]
    const published = publishedText(wording.state, context.now())
    const content = revisionOf(published?.release.revisionId)?.state.content
    if (!published || !content) return []
    const live = published.status === 'withdrawn' ? null : release(published.release, nameOf)
    return [publishedRow(whole, published.status, live, content)]
  }

  function row(wording: Wording, nameOf: (id: string) => string): WordingRow {
    const { state, scope, id } = wording
    const last = revisionOf(state.revisions.at(-1)?.id)
    const { asked, inReview, ready } = standingRevisions(approvalsOf(state), state)
    const draft = WORDING_DRAFT.read(store, id)?.state
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
      status: statusOf(state, asked?.revision ?? last, context.now()),
      live: release(state.live, nameOf),
      last: last
        ? {
            id: last.id,
            number: last.state.number,
            approval: approvalOf(last.state),
            at: last.state.at,
            byName: nameOf(last.state.by),
            dueAt: last.state.review?.dueAt ?? null,
          }
        : null,
      inReview: inReview && { id: inReview.id, number: inReview.number, dueAt: inReview.revision.state.review?.dueAt ?? 0 },
      ready: ready && { id: ready.id, number: ready.number },
      draftAhead: (draft?.contributors.length ?? 0) > 0,
      origin: originOf(state),
      pending: isPending(id),
    }
  }

  function revisionRow(revision: Revision, nameOf: (id: string) => string): RevisionRow {
    const { id, state } = revision
    const { number, hash, note, base, at, by, overruled, review, decisions, contributors } = state
    const actor = decider()
    return {
      id,
      number,
      hash,
      note,
      base,
      at,
      overruled,
      title: state.content.title,
      byName: nameOf(by),
      contributors: contributors.map((member) => ({ id: member, name: nameOf(member) })),
      approval: approvalOf(state),
      review: review && { at: review.at, byName: nameOf(review.by), dueAt: review.dueAt, policy: review.policy },
      decisions: decisions.map((decision) => ({ ...decision, name: nameOf(decision.memberId) })),
      mayApproveAs: rolesToDecideAs(actor, revision, 'approve'),
      mayRejectAs: rolesToDecideAs(actor, revision, 'reject'),
      own: contributors.includes(actor.actorId),
    }
  }

  return {
    list(scope, removed) {
      const nameOf = memberNames(context)
      return read
        .all(WORDING, scope)
        .filter(({ state }) => removed || !state.removed)
        .flatMap((wording) => shownRow(wording, nameOf))
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    },
    view(wording) {
      const nameOf = memberNames(context)
      const { state, scope } = wording
      const [shown] = shownRow(wording, nameOf)
      if (!shown) return undefined
      const revisions = state.revisions.flatMap(({ id }) => revisionOf(id) ?? [])
      const whole = {
        ...shown,
        revisions: revisions.map((revision) => revisionRow(revision, nameOf)).toReversed(),
        past: state.past.map((one) => ({ ...one, byName: nameOf(one.by), endedByName: nameOf(one.endedBy) })).toReversed(),
        policy: policyOf(read, wording),
        values: valuesOf(read, scope),
      }
      return isOutside() ? publishedView(whole, shown) : whole
    },
    mayRead({ id, state }) {
      if (!isOutside()) return true
      const wording = WORDING.read(store, state.wordingId)
      const published = wording && publishedText(wording.state, context.now())
      return published?.status !== 'withdrawn' && published?.release.revisionId === id
    },
    isOutside,
    draft(wordingId) {
      const state = WORDING_DRAFT.read(store, wordingId)?.state
      if (!state) return undefined
      const nameOf = memberNames(context)
      const contributors = state.contributors.map((id) => ({ id, name: nameOf(id) }))
      return { wordingId, doc: state.doc, at: state.at, byName: nameOf(state.by), contributors }
    },
    reviews() {
      const nameOf = memberNames(context)
      const actor = decider()
      return revisionsInReview
        .all()
        .flatMap((found): ReviewRow[] => {
          const revision = REVISION.as(seenEntity(found))
          const wording = revision && WORDING.read(store, revision.state.wordingId)
          if (!revision?.state.review || !wording || wording.state.removed) return []
          // A newer revision in approval makes the decision on this one needless; one that was only saved does not.
          const { asked } = standingRevisions(approvalsOf(wording.state), wording.state)
          if (asked?.id !== revision.id) return []
          const mayApproveAs = rolesToDecideAs(actor, revision, 'approve')
          if (mayApproveAs.length === 0) return []
          const incidentId = incidentOfScope(revision.scope)
          const { content, number, hash, review } = revision.state
          return [
            {
              wordingId: wording.id,
              incidentId,
              incidentTitle: incidentId === null ? null : (INCIDENT.read(store, incidentId)?.state.title ?? null),
              revisionId: revision.id,
              number,
              hash,
              mayApproveAs,
              title: content.title,
              core: content.core,
              dueAt: review.dueAt,
              askedAt: review.at,
              askedByName: nameOf(review.by),
            },
          ]
        })
        .toSorted((a, b) => a.dueAt - b.dueAt)
    },
  }
}
