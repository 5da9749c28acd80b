import { approvalNow, mayAskAgain } from '#domain/wording/approval-now.ts'
import { approvalOf, type ApprovalState } from '#domain/wording/approval.ts'
import { policyOf, valuesOf } from '#domain/commands/wording-commands.ts'
import { publishedText } from '#domain/wording/published.ts'
import { rolesToDecideAs } from '#domain/wording/revision-ops.ts'
import { generationOf } from '#domain/wording/draft-generations.ts'
import { sameValues, valuesFor } from '#domain/wording/values.ts'
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
import { publishedRow, publishedView } from './wording-published.ts'

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

/** @param asked the last revision that was submitted, else the last, with its approval */
function statusOf({ live, past }: WordingState, asked: { revision: Revision; approval: ApprovalState } | null, now: number): WordingStatus {
  if (live) {
    if (live.until !== null && live.until <= now) return 'expired'
    return live.from > now ? 'scheduled' : 'published'
  }
  const status = asked?.approval.status ?? 'draft'
  if (status === 'draft' && past.at(-1)?.end === 'withdrawn') return 'withdrawn'
  // The withdrawn revision itself is no longer ready to be used, although its approval stands.
  return past.at(-1)?.end === 'withdrawn' && past.at(-1)?.revisionId === asked?.revision.id ? 'withdrawn' : status
}

/** Creates the views. They read what this device shows, own pending ops included. */
export function createWordingViews(context: ServiceContext): WordingViews {
  const { store, db } = context
  const isPending = pendingIds(context, 'wording')
  const read = commandRead(context)
  const revisionsInReview = db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'revision' AND facet = 'in-review'")
  // Decided by the log, but the policy, the people or the values may have changed since.
  const newestDecided = db.prepare<[], EntityRow>(
    `SELECT revision.* FROM entity AS wording JOIN entity AS revision ON revision.kind = 'revision'
      AND revision.id = json_extract(coalesce(wording.view, wording.canonical), '$.state.revisions[#-1].id')
      WHERE wording.kind = 'wording' AND revision.facet IN ('approved', 'rejected')`,
  )

  /** Whether a decided revision waits for decisions again before it can be used. */
  function isOpenAgain(wording: Wording, revision: Revision): boolean {
    if (approvalOf(revision.state).status === 'in-review') return true
    const isInUse = wording.state.live?.revisionId === revision.id && !areValuesBehind(wording)
    return !isInUse && approvalNow(decider(), revision).status === 'in-review'
  }

  /** What a decision by the member of this device would read. */
  function decider() {
    const actor = actorHere(context)
    return { actorId: actor?.id ?? '', actor: actor?.state ?? null, now: context.now(), read: store.read }
  }

  const revisionOf = (id: string | undefined): Revision | undefined => (id === undefined ? undefined : REVISION.read(store, id))

  /** The revisions of a text with their approval as it counts now, oldest first. */
  function approvalsOf({ revisions }: WordingState) {
    const actor = decider()
    return revisions.flatMap(({ id, number }) => {
      const revision = revisionOf(id)
      if (!revision) return []
      const approval = revision.state.review ? approvalNow(actor, revision) : approvalOf(revision.state)
      return [{ id, number, revision, approval }]
    })
  }

  function release(live: Release | null, nameOf: (id: string) => string): ReleaseView | null {
    if (!live) return null
    const revision = live.emergency === null ? undefined : revisionOf(live.revisionId)
    return { ...live, byName: nameOf(live.by), unapproved: revision !== undefined && approvalOf(revision.state).status !== 'approved' }
  }

  /** Whether a stored value of the text in use was changed since it was published. */
  function areValuesBehind({ state: { live }, scope }: Wording): boolean {
    const content = revisionOf(live?.revisionId)?.state.content
    return live !== null && content !== undefined && !sameValues(live.values, valuesFor(content, valuesOf(read, scope)))
  }

  /** The revision in use if nothing of it is left to decide: it stays in use, whoever of its approvers leaves since. */
  function settledRevision(wording: Wording): string | null {
    const { live } = wording.state
    const isApproved = live !== null && !release(live, () => '')?.unapproved
    return isApproved && !areValuesBehind(wording) ? live.revisionId : null
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
    const approvals = approvalsOf(state)
    const newest = approvals.at(-1) ?? null
    const inUse = settledRevision(wording)
    const { inReview, ready } = standingRevisions(
      approvals.filter(({ id: one }) => one !== inUse),
      state,
    )
    const { asked } = standingRevisions(approvals, state)
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
      status: statusOf(state, asked ?? newest, context.now()),
      live: release(state.live, nameOf),
      last: newest && {
        id: newest.id,
        number: newest.number,
        approval: newest.approval,
        at: newest.revision.state.at,
        byName: nameOf(newest.revision.state.by),
        dueAt: newest.revision.state.review?.dueAt ?? null,
      },
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
      approval: approvalNow(actor, revision),
      mayAskAgain: mayAskAgain(actor, revision),
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
        valuesBehind: areValuesBehind(wording),
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
      const kept = (state.kept ?? []).map(({ text, by, at }) => ({ text, byName: by === null ? null : nameOf(by), at }))
      const { doc, at } = state
      return { wordingId, doc, generation: generationOf(state), at, byName: nameOf(state.by), contributors, kept }
    },
    reviews() {
      const nameOf = memberNames(context)
      const actor = decider()
      return [...revisionsInReview.all(), ...newestDecided.all()]
        .flatMap((found): ReviewRow[] => {
          const revision = REVISION.as(seenEntity(found))
          const wording = revision && WORDING.read(store, revision.state.wordingId)
          if (!revision?.state.review || !wording || wording.state.removed) return []
          // A newer revision in approval makes the decision on this one needless; one that was only saved does not.
          const { asked } = standingRevisions(approvalsOf(wording.state), wording.state)
          if (asked?.id !== revision.id || !isOpenAgain(wording, revision)) return []
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
