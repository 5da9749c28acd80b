import type { DecisionContext } from '../define-entity.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope, TEAM_SCOPE } from '../log/ids.ts'
import { MEMBER } from '../members/member-entity.ts'
import { standingOf } from '../members/standing.ts'
import { policyFor, type ApprovalPolicy } from '../rules/approval-policy.ts'
import { RULES, RULES_ID } from '../rules/team-rules.ts'
import { approvalOf, isSamePerson, type ApprovalState } from './approval.ts'
import { joinValues, ownValue, sameValues, valuesFor } from './values.ts'
import { valuesId, WORDING, WORDING_VALUES } from './wording-entity.ts'
import type { ReviewDecision, RevisionState, VariableValues } from './wording.ts'

/** What a judgement on an approval reads. `now`: milliseconds since 1970. */
export type ApprovalReader = Pick<DecisionContext, 'read' | 'now'>

/** The policy in force for the text of a wording now; null if the wording or its incident is not there. */
export function policyNow(from: ApprovalReader, wordingId: string): ApprovalPolicy | null {
  const wording = WORDING.read(from, wordingId)
  if (!wording) return null
  const incidentId = incidentOfScope(wording.scope)
  const level = incidentId === null ? 0 : INCIDENT.read(from, incidentId)?.state.level
  if (level === undefined) return null
  return policyFor(RULES.read(from, RULES_ID)?.state.rules.approvals, wording.state.kind, level)
}

/** The stored values that fill the variables of a scope: those of its incident before those of the team. */
export function storedValues(from: ApprovalReader, scope: string): VariableValues {
  const of = (id: string) => WORDING_VALUES.read(from, id)?.state.values ?? {}
  return joinValues(of(TEAM_SCOPE), scope === TEAM_SCOPE ? {} : of(valuesId(scope)))
}

/**
 * The policy that a review must satisfy: the one in force now, and the one by which approvers were asked. A team that demands
 * more since then gets it; one that demands less asks again.
 */
function policyToSatisfy(asked: ApprovalPolicy, now: ApprovalPolicy | null): ApprovalPolicy {
  if (!now) return asked
  return { ...now, roles: [...now.roles, ...asked.roles.filter((role) => !now.roles.includes(role))] }
}

/** Whether two policies demand the same approvals; the time for them may differ. */
export function asksSame(one: ApprovalPolicy, other: ApprovalPolicy): boolean {
  return one.inOrder === other.inOrder && one.roles.join() === other.roles.join()
}

/**
 * Whether a decision stands: its member is still active in the role, and the text reads as they saw it, with the same values. Only in a
 * prepared text a variable that had no value may have one now.
 */
function stands(
  from: ApprovalReader,
  { memberId, as, at, verdict, values }: ReviewDecision,
  { filled, isPrepared }: { filled: VariableValues; isPrepared: boolean },
): boolean {
  const member = MEMBER.read(from, memberId)
  if (!member || standingOf(member.state, from.now) !== null || member.state.vendor !== null) return false
  const moved = member.stamps['role']
  if (moved && moved.at > at && member.state.role !== as) return false
  if (verdict === 'reject') return true
  // Decisions of earlier versions do not say which values they saw.
  if (values === undefined) return true
  return isPrepared ? Object.entries(values).every(([name, seen]) => ownValue(filled, name) === seen) : sameValues(values, filled)
}

/** The decisions without approvals by whom approved in another role before, if under another account. */
function ofDistinctPersons(from: ApprovalReader, decisions: readonly ReviewDecision[]): ReviewDecision[] {
  const personOf = ({ memberId: id }: ReviewDecision) => ({ id, state: MEMBER.read(from, id)?.state })
  const approvals: ReviewDecision[] = []
  return decisions.filter((decision) => {
    if (decision.verdict === 'reject') return true
    if (approvals.some((one) => one.as !== decision.as && isSamePerson(personOf(one), personOf(decision)))) return false
    approvals.push(decision)
    return true
  })
}

/**
 * A review as it is judged now: the policy that it must satisfy, and the decisions that still stand, one approval for each person.
 * The review is null without one.
 */
export function reviewNow(from: ApprovalReader, { state, scope }: Entity<RevisionState>): Pick<RevisionState, 'review' | 'decisions'> {
  if (!state.review) return { review: null, decisions: [] }
  const filled = valuesFor(state.content, storedValues(from, scope))
  const isPrepared = (WORDING.read(from, state.wordingId)?.state.preparedFor ?? '') !== ''
  return {
    review: { ...state.review, policy: policyToSatisfy(state.review.policy, policyNow(from, state.wordingId)) },
    decisions: ofDistinctPersons(
      from,
      state.decisions.filter((decision) => stands(from, decision, { filled, isPrepared })),
    ),
  }
}

/** Where a revision stands now: with the people, the policy and the values of this moment. It decides whether it may be published. */
export function approvalNow(from: ApprovalReader, revision: Entity<RevisionState>): ApprovalState {
  return approvalOf(reviewNow(from, revision))
}

/**
 * Whether approvers may be asked again: the policy demands other approvals than those that were asked for, or a decision of this
 * review no longer stands.
 */
export function mayAskAgain(from: ApprovalReader, revision: Entity<RevisionState>): boolean {
  const { review, decisions, wordingId } = revision.state
  const policy = policyNow(from, wordingId)
  if (!review || !policy) return false
  if (!asksSame(review.policy, policy)) return true
  const standing = reviewNow(from, revision).decisions
  return decisions.some((decision) => decision.at >= review.at && !standing.includes(decision))
}

/**
 * Whether a revision has passed: it has all approvals that a policy demands. Whether its approvers are still here does not
 * matter: they read it.
 */
export function hasPassed({ review, decisions }: RevisionState, policy: ApprovalPolicy | null): boolean {
  if (!review) return false
  return approvalOf({ review: { ...review, policy: policyToSatisfy(review.policy, policy) }, decisions }).status === 'approved'
}
