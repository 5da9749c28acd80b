import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import { createEntity, type Entity } from '../log/entity.ts'
import { incidentOfScope, LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { partiesOf, permit } from '../permissions/permit.ts'
import { RULES, RULES_ID } from '../rules/team-rules.ts'
import { approvalOf, isSamePerson, withDecision } from './approval.ts'
import { authorsOfNext } from './authors.ts'
import { ApprovalPolicy, ApproverRole, policyFor } from '../rules/approval-policy.ts'
import { openFindings } from './content-checks.ts'
import { contentHash, ContentHash, isEmptyContent, WordingContent } from './content.ts'
import { REVISION, WORDING, WORDING_DRAFT } from './wording-entity.ts'
import { Overruled, PinnedComment, Verdict, WORDING_LIMITS, type RevisionState } from './wording.ts'

const MINUTE = 60_000

export const RevisionWrite = z.strictObject({
  wordingId: LoggedUuid,
  number: z.int().min(1),
  content: WordingContent,
  base: LoggedUuid.nullable(),
  /** Everybody who wrote a part of the content that is not approved; the author is added. */
  contributors: z.array(LoggedUuid).max(100),
  note: z.string().trim().max(500),
  overruled: z.array(Overruled).max(100),
})
export const RevisionAsk = z.strictObject({
  hash: ContentHash,
  /** The policy that the author saw; the one in force decides. */
  policy: ApprovalPolicy,
  /** The members who are told; any other member of the roles may decide as well. */
  asked: z.array(LoggedUuid).max(50),
})
export const RevisionDecide = z
  .strictObject({
    /** The text that was read: a decision holds for this text alone. */
    hash: ContentHash,
    verdict: Verdict,
    as: ApproverRole,
    comparedWith: LoggedUuid.nullable(),
    note: z.string().trim().max(1000),
    comments: z.array(PinnedComment).max(50),
    /** The authors, who are told; in the body, because the hub must know all recipients before it reads the revision. */
    tell: z.array(LoggedUuid).max(100),
  })
  .refine(({ verdict, note, comments }) => verdict === 'approve' || note !== '' || comments.length > 0, {
    path: ['note'],
    message: 'a rejection says what to change',
  })

type Revision = Entity<RevisionState>
type Decider = Pick<DecisionContext, 'read' | 'actorId' | 'actor' | 'now'>

const COMMON = { version: 1, expects: null, notifies: null, webhook: null } as const

/** The policy in force for the text of a wording now. */
function policyNow(context: DecisionContext, wordingId: string, scope: string): ApprovalPolicy | null {
  const wording = WORDING.read(context, wordingId)
  if (!wording) return null
  const incidentId = incidentOfScope(scope)
  const level = incidentId === null ? 0 : INCIDENT.read(context, incidentId)?.state.level
  if (level === undefined) return null
  return policyFor(RULES.read(context, RULES_ID)?.state.rules.approvals, wording.state.kind, level)
}

function mayWrite(context: DecisionContext, revision: Revision | undefined, body: z.infer<typeof RevisionWrite>, op: Op): Refusal | null {
  if (revision) return refuse('already-exists')
  const wording = WORDING.read(context, body.wordingId)
  if (wording?.scope !== op.scope || wording.state.removed) return refuse('not-found')
  const now = wording.state.revisions.length
  if (body.number !== now + 1) return refuse('changed-meanwhile', { field: 'revision', now })
  if (now >= WORDING_LIMITS.revisions) return refuse('too-many', { limit: WORDING_LIMITS.revisions })
  if (body.base !== null && !wording.state.revisions.some(({ id }) => id === body.base)) return refuse('not-found')
  if (isEmptyContent(body.content) || body.content.title.trim() === '') return refuse('text-empty')
  const hash = contentHash(body.content)
  if (wording.state.revisions.at(-1)?.hash === hash) return refuse('nothing-changes')
  const draft = WORDING_DRAFT.read(context, body.wordingId)?.state
  const authors = authorsOfNext(wording.state, draft, (id) => REVISION.read(context, id)?.state, { base: body.base, hash })
  const named = new Set<string>([...body.contributors, context.actorId])
  // Somebody wrote in the draft whom the author had not seen: their text may be part of this one.
  return authors.every((author) => named.has(author)) ? null : refuse('changed-meanwhile', { field: 'contributors' })
}

/** Whether a member, or another account of theirs, is among others. */
function isOneOf(context: Decider, memberId: string, others: readonly string[]): boolean {
  const personOf = (id: string) => ({ id, state: MEMBER.read(context, id)?.state })
  const self = personOf(memberId)
  return others.some((other) => isSamePerson(self, personOf(other)))
}

/** Why a member may not decide on a revision, or null. `context` is that of the deciding member. */
function mayDecide(
  context: Decider,
  revision: Revision | undefined,
  body: Pick<z.infer<typeof RevisionDecide>, 'hash' | 'verdict' | 'as'>,
): Refusal | null {
  if (!revision) return refuse('not-found')
  const { review, decisions, contributors, hash } = revision.state
  if (hash !== body.hash) return refuse('revision-differs')
  if (!review) return refuse('not-in-review')
  if (!review.policy.roles.includes(body.as)) return refuse('not-an-approver', { as: body.as })
  const incident = INCIDENT.read(context, incidentOfScope(revision.scope) ?? '')?.state
  const { actorId: id, actor: state, now } = context
  if (!state || !partiesOf({ id, state, now }, incident).has(body.as)) return refuse('not-an-approver', { as: body.as })
  if (isOneOf(context, id, contributors)) return refuse('own-text')
  const others = decisions.filter(({ memberId }) => memberId !== id)
  const own = decisions.find(({ memberId }) => memberId === id)
  if (own?.verdict === body.verdict && own.as === body.as) return refuse('nothing-changes')
  if (body.verdict === 'reject') return null
  const approvers = others.filter(({ verdict }) => verdict === 'approve')
  if (
    isOneOf(
      context,
      id,
      approvers.map(({ memberId }) => memberId),
    )
  )
    return refuse('own-text')
  if (approvers.some(({ as }) => as === body.as)) return refuse('already-approved', { as: body.as })
  const { next } = approvalOf({ review, decisions: others.filter(({ verdict }) => verdict === 'approve') })
  return next.includes(body.as) ? null : refuse('not-your-turn', { next: next.join(',') })
}

/** The roles in which a member may give a verdict on a revision now. */
export function rolesToDecideAs(context: Decider, revision: Revision, verdict: Verdict): ApproverRole[] {
  const { hash, review } = revision.state
  const incident = INCIDENT.read(context, incidentOfScope(revision.scope) ?? '')?.state
  const { actorId: id, actor: state, now } = context
  if (!review || !state || permit({ id, state, now }, 'wording.approve', { incident })) return []
  return review.policy.roles.filter((as) => mayDecide(context, revision, { hash, verdict, as }) === null)
}

export const REVISION_OPS = [
  REVISION.op('revision.write', {
    ...COMMON,
    action: 'wording.draft',
    body: RevisionWrite,
    decide: mayWrite,
    fold: (revision, { contributors, ...body }, applied, op) =>
      revision ??
      createEntity<RevisionState>(op, {
        ...body,
        hash: contentHash(body.content),
        contributors: [...new Set([...contributors, applied.actor])],
        by: applied.actor,
        at: applied.recordedAt,
        review: null,
        decisions: [],
      }),
  }),
  REVISION.op('revision.ask', {
    ...COMMON,
    action: 'wording.draft',
    body: RevisionAsk,
    notifies: {
      may: ({ asked }) => asked.length > 0,
      calls: ({ asked }, { state }) => [{ to: asked, rule: 'review-asked', params: { wordingId: state?.wordingId ?? '' } }],
    },
    decide: (context, revision, { hash, policy }, op) => {
      if (!revision) return refuse('not-found')
      const { state } = revision
      if (state.hash !== hash) return refuse('revision-differs')
      if (state.review) return refuse('nothing-changes')
      const { revisions, language } = WORDING.read(context, state.wordingId)?.state ?? {}
      if (!language || !revisions?.some(({ id }) => id === op.entity.id)) return refuse('not-found')
      const now = policyNow(context, state.wordingId, op.scope)
      if (!now) return refuse('not-found')
      if (!samePolicy(now, policy)) return refuse('changed-meanwhile', { field: 'policy', now: now.roles.join(',') })
      const open = openFindings(state, language)
      return open.length > 0 ? refuse('checks-open', { count: open.length }) : null
    },
    fold: (revision, { policy, asked }, applied) => {
      if (!revision || revision.state.review) return revision
      const dueAt = applied.recordedAt + policy.dueMinutes * MINUTE
      const review = { at: applied.recordedAt, by: applied.actor, dueAt, asked, policy }
      return { ...revision, state: { ...revision.state, review } }
    },
  }),
  REVISION.op('revision.decide', {
    ...COMMON,
    action: 'wording.approve',
    body: RevisionDecide,
    notifies: {
      may: () => true,
      calls: ({ verdict, tell }, { state }) => [
        { to: tell, rule: 'review-decided', params: { verdict, wordingId: state?.wordingId ?? '' } },
      ],
    },
    decide: (context, revision, body) => mayDecide(context, revision, body),
    fold: (revision, { hash: _hash, tell: _tell, ...body }, applied) => {
      if (!revision) return undefined
      const decision = { ...body, memberId: applied.actor, at: applied.recordedAt }
      return { ...revision, state: { ...revision.state, decisions: withDecision(revision.state.decisions, decision) } }
    },
  }),
]

const samePolicy = (one: ApprovalPolicy, other: ApprovalPolicy) =>
  one.inOrder === other.inOrder && one.dueMinutes === other.dueMinutes && one.roles.join() === other.roles.join()
