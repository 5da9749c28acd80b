import { approvalOf } from '#domain/wording/approval.ts'
import { mayAskAgain, reviewNow } from '#domain/wording/approval-now.ts'
import { policyOf, valuesOf } from '#domain/commands/wording-commands.ts'
import { delegatorsThen } from '#domain/wording/delegators.ts'
import { publishedText } from '#domain/wording/published.ts'
import { rolesToDecideAs } from '#domain/wording/revision-ops.ts'
import { generationOf } from '#domain/wording/draft-generations.ts'
import { WORDING, WORDING_DRAFT } from '#domain/wording/wording-entity.ts'
import type { ScopeId } from '#domain/log/ids.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import type { DraftView, ReviewRow, RevisionRow, WordingRow, WordingView } from '#contract/wording-api.ts'
import { commandRead } from '../context/run-command.ts'
import { memberNames, type ServiceContext } from '../context/service-context.ts'
import { publishedView } from './wording-published.ts'
import { createWordingReader, type Revision, type Wording } from './wording-reader.ts'
import { createReviewList } from './wording-reviews.ts'
import { createWordingRows } from './wording-rows.ts'

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

/** Creates the views. They read what this device shows, own pending ops included. */
export function createWordingViews(context: ServiceContext): WordingViews {
  const { store } = context
  const read = commandRead(context)
  const reader = createWordingReader(context)
  const shownRow = createWordingRows(context, reader)
  const { isOutside } = reader

  function revisionRow(revision: Revision, nameOf: (id: string) => string): RevisionRow {
    const { id, state } = revision
    const { number, hash, note, base, at, by, overruled, decisions, contributors } = state
    const actor = reader.decider()
    // What the judge of a publication would see.
    const now = reviewNow(actor, revision)
    const { review } = now
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
      approval: approvalOf(now),
      mayAskAgain: mayAskAgain(actor, revision),
      review: review && { at: review.at, byName: nameOf(review.by), dueAt: review.dueAt, policy: review.policy },
      decisions: decisions.map((decision) => ({
        ...decision,
        name: nameOf(decision.memberId),
        counts: now.decisions.includes(decision),
        delegatedBy: delegatorsThen(MEMBER.read(store, decision.memberId)?.state, decision).map(nameOf),
      })),
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
      const revisions = state.revisions.flatMap(({ id }) => reader.revisionOf(id) ?? [])
      const whole = {
        ...shown,
        revisions: revisions.map((revision) => revisionRow(revision, nameOf)).toReversed(),
        past: state.past.map((one) => ({ ...one, byName: nameOf(one.by), endedByName: nameOf(one.endedBy) })).toReversed(),
        policy: policyOf(read, wording),
        values: valuesOf(read, scope),
        valuesBehind: reader.areValuesBehind(wording),
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
    reviews: createReviewList(context, reader),
  }
}
