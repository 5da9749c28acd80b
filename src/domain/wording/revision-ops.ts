import { z } from 'zod'
import type { BeforeOp, DecisionContext } from '../define-entity.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import { createEntity, type Applied, type Entity } from '../log/entity.ts'
import { incidentOfScope, LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { standingOf } from '../members/standing.ts'
import type { NoticeCall } from '../notices/notice.ts'
import { partiesOf, permit } from '../permissions/permit.ts'
import { approvalOf, isSamePerson, withDecision } from './approval.ts'
import { asksSame, mayAskAgain, policyNow, reviewNow, storedValues } from './approval-now.ts'
import { authorsOfNext, MAX_AUTHORS, readEach } from './authors.ts'
import { ApprovalPolicy, ApproverRole } from '../rules/approval-policy.ts'
import { RULES, RULES_ID } from '../rules/team-rules.ts'
import { openFindings } from './content-checks.ts'
import { contentHash, ContentHash, hasUnread, isEmptyContent, WordingContent } from './content.ts'
import { sameValues, valuesFor } from './values.ts'
import { REVISION, WORDING, WORDING_DRAFT } from './wording-entity.ts'
import { Overruled, PinnedComment, VariableValues, Verdict, WORDING_LIMITS, type RevisionState } from './wording.ts'

const MINUTE = 60_000

export const RevisionWrite = z.strictObject({
  wordingId: LoggedUuid,
  number: z.int().min(1),
  content: WordingContent,
  base: LoggedUuid.nullable(),
  /** Everybody who wrote a part of the content that is not approved; the author is added. */
  contributors: z.array(LoggedUuid).max(MAX_AUTHORS),
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
const Decision = z.strictObject({
  /** The text that was read: a decision holds for this text alone. */
  hash: ContentHash,
  verdict: Verdict,
  as: ApproverRole,
  comparedWith: LoggedUuid.nullable(),
  note: z.string().trim().max(1000),
  comments: z.array(PinnedComment).max(50),
  /** The authors, who are told; in the body, because the hub must know all recipients before it reads the revision. */
  tell: z.array(LoggedUuid).max(MAX_AUTHORS),
})
type Decision = z.infer<typeof Decision>
const REJECTION = { path: ['note'], message: 'a rejection says what to change' }
const saysWhatToChange = ({ verdict, note, comments }: Decision) => verdict === 'approve' || note !== '' || comments.length > 0

export const RevisionDecide = Decision.refine(saysWhatToChange, REJECTION)
/** `values`: those with which the text was read, of the variables that had one. */
export const RevisionDecide2 = Decision.extend({ values: VariableValues }).refine(saysWhatToChange, REJECTION)

type Revision = Entity<RevisionState>
type Decider = Pick<DecisionContext, 'read' | 'actorId' | 'actor' | 'now'>

const COMMON = { version: 1, expects: null, notifies: null, webhook: null } as const

function mayWrite(context: DecisionContext, revision: Revision | undefined, body: z.infer<typeof RevisionWrite>, op: Op): Refusal | null {
  if (revision) return refuse('already-exists')
  const wording = WORDING.read(context, body.wordingId)
  if (wording?.scope !== op.scope || wording.state.removed) return refuse('not-found')
  const now = wording.state.revisions.length
  if (body.number !== now + 1) return refuse('changed-meanwhile', { field: 'revision', now })
  if (now >= WORDING_LIMITS.revisions) return refuse('too-many', { limit: WORDING_LIMITS.revisions })
  if (body.base !== null && !wording.state.revisions.some(({ id }) => id === body.base)) return refuse('not-found')
  if (isEmptyContent(body.content) || body.content.title.trim() === '') return refuse('text-empty')
  if (hasUnread(body.content)) return refuse('malformed', { detail: 'content.blocks' })
  const hash = contentHash(body.content)
  if (wording.state.revisions.at(-1)?.hash === hash) return refuse('nothing-changes')
  const draft = WORDING_DRAFT.read(context, body.wordingId)?.state
  const revisionsOf = readEach((id) => REVISION.read(context, id)?.state)
  const policy = policyNow(context, body.wordingId)
  const { open, freed } = authorsOfNext(wording.state, draft, revisionsOf, { base: body.base, hash }, policy)
  const named = new Set<string>([...body.contributors, context.actorId])
  // Somebody wrote in the draft whom the author had not seen: their text may be part of this one.
  if (!open.every((author) => named.has(author))) return refuse('changed-meanwhile', { field: 'contributors' })
  // Nobody is kept from approving by being named: only who wrote is an author. An approval may have come meanwhile.
  const wrote = new Set<string>([...open, ...freed, context.actorId])
  return [...named].every((author) => wrote.has(author)) ? null : refuse('malformed', { detail: 'contributors' })
}

/** Whether a member, or another account of theirs, is among others. */
function isOneOf(context: Decider, memberId: string, others: readonly string[]): boolean {
  const personOf = (id: string) => ({ id, state: MEMBER.read(context, id)?.state })
  const self = personOf(memberId)
  return others.some((other) => isSamePerson(self, personOf(other)))
}

/** Whether another lets the member decide in their role: an active member who holds it, and who wrote nothing of the text. */
function holdsForAnother(context: Decider, as: ApproverRole, contributors: readonly string[]): boolean {
  return (context.actor?.delegated ?? []).some((delegation) => {
    if (delegation.as !== as || context.now >= delegation.until || context.actor?.vendor) return false
    const by = MEMBER.read(context, delegation.by)?.state
    if (!by || by.role !== as || by.vendor || standingOf(by, context.now) !== null) return false
    return !isOneOf(context, delegation.by, contributors)
  })
}

/** Why a member may not decide on a revision, or null. `context` is that of the deciding member. */
function mayDecide(
  context: Decider,
  revision: Revision | undefined,
  body: Pick<z.infer<typeof RevisionDecide>, 'hash' | 'verdict' | 'as'>,
): Refusal | null {
  if (!revision) return refuse('not-found')
  const { contributors, hash } = revision.state
  const { review, decisions } = reviewNow(context, revision)
  if (hash !== body.hash) return refuse('revision-differs')
  if (!review) return refuse('not-in-review')
  if (!review.policy.roles.includes(body.as)) return refuse('not-an-approver', { as: body.as })
  const incident = INCIDENT.read(context, incidentOfScope(revision.scope) ?? '')?.state
  const { actorId: id, actor: state, now } = context
  const holds = state && (partiesOf({ id, state, now }, incident).has(body.as) || holdsForAnother(context, body.as, contributors))
  if (!state || !holds) return refuse('not-an-approver', { as: body.as })
  if (isOneOf(context, id, contributors)) return refuse('own-text')
  const others = decisions.filter(({ memberId }) => memberId !== id)
  const own = decisions.find(({ memberId }) => memberId === id)
  if (own?.verdict === body.verdict && own.as === body.as) return refuse('nothing-changes')
  if (body.verdict === 'reject') return null
  const approvers = others.filter(({ verdict }) => verdict === 'approve')
  // An approval that is void now may stand again, with the value that it was given for: its person gives no second one in another role.
  const given = revision.state.decisions.filter(
    (one) => one.memberId !== id && one.verdict === 'approve' && (one.as !== body.as || approvers.includes(one)),
  )
  const givers = given.map(({ memberId }) => memberId)
  if (isOneOf(context, id, givers)) return refuse('own-text')
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
  return (reviewNow(context, revision).review?.policy.roles ?? []).filter(
    (as) => mayDecide(context, revision, { hash, verdict, as }) === null,
  )
}

const DECIDE = {
  ...COMMON,
  action: 'wording.approve',
  notifies: {
    may: () => true,
    calls: ({ verdict, tell }: Decision, { state }: BeforeOp<RevisionState>): NoticeCall[] => [
      { to: tell, rule: 'review-decided', params: { verdict, wordingId: state?.wordingId ?? '' } },
    ],
  },
} as const

function decided(revision: Revision | undefined, body: Decision & { values?: VariableValues }, applied: Applied): Revision | undefined {
  if (!revision) return undefined
  const { hash: _hash, tell: _tell, ...said } = body
  const decision = { ...said, memberId: applied.actor, at: applied.recordedAt }
  return { ...revision, state: { ...revision.state, decisions: withDecision(revision.state.decisions, decision) } }
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
      if (state.review && !mayAskAgain(context, revision)) return refuse('nothing-changes')
      const { revisions, language } = WORDING.read(context, state.wordingId)?.state ?? {}
      if (!language || !revisions?.some(({ id }) => id === op.entity.id)) return refuse('not-found')
      const now = policyNow(context, state.wordingId)
      if (!now) return refuse('not-found')
      if (!samePolicy(now, policy)) return refuse('changed-meanwhile', { field: 'policy', now: now.roles.join(',') })
      const open = openFindings(state, language, RULES.read(context, RULES_ID)?.state.rules.wordingChecks)
      return open.length > 0 ? refuse('checks-open', { count: open.length }) : null
    },
    fold: (revision, { policy, asked }, applied) => {
      if (!revision) return undefined
      const dueAt = applied.recordedAt + policy.dueMinutes * MINUTE
      const review = { at: applied.recordedAt, by: applied.actor, dueAt, asked, policy }
      return { ...revision, state: { ...revision.state, review } }
    },
  }),
  REVISION.op('revision.decide', {
    ...DECIDE,
    body: RevisionDecide,
    decide: (context, revision, body) => mayDecide(context, revision, body),
    fold: decided,
  }),
  REVISION.op('revision.decide', {
    ...DECIDE,
    version: 2,
    body: RevisionDecide2,
    decide(context, revision, body) {
      const refusal = mayDecide(context, revision, body)
      if (refusal || !revision) return refusal
      const stored = valuesFor(revision.state.content, storedValues(context, revision.scope))
      return sameValues(stored, body.values) ? null : refuse('changed-meanwhile', { field: 'values' })
    },
    fold: decided,
  }),
]

const samePolicy = (one: ApprovalPolicy, other: ApprovalPolicy) => asksSame(one, other) && one.dueMinutes === other.dueMinutes
