import { isSameName, type MemberState } from '../members/member.ts'
import type { ApproverRole } from '../rules/approval-policy.ts'
import type { ReviewDecision, RevisionState } from './wording.ts'

/** Where a revision stands. `next`: the roles that may decide now; `done`: the roles that have approved. */
export type ApprovalState = {
  status: 'draft' | 'in-review' | 'approved' | 'rejected'
  done: readonly ApproverRole[]
  next: readonly ApproverRole[]
}

type Reviewed = Pick<RevisionState, 'review' | 'decisions'>

/**
 * Evaluates the decisions on a revision against its policy: each role needs an approval, and one member gives only one. A
 * rejection stands until the same member approves.
 */
export function approvalOf({ review, decisions }: Reviewed): ApprovalState {
  if (!review) return { status: 'draft', done: [], next: [] }
  const { roles, inOrder } = review.policy
  const done = roles.filter((role) => decisions.some(({ as, verdict }) => as === role && verdict === 'approve'))
  const open = roles.filter((role) => !done.includes(role))
  if (decisions.some(({ verdict }) => verdict === 'reject')) return { status: 'rejected', done, next: [] }
  if (open.length === 0) return { status: 'approved', done, next: [] }
  return { status: 'in-review', done, next: inOrder ? open.slice(0, 1) : open }
}

/** Adds a decision: a member has one per revision, the last. */
export function withDecision(decisions: readonly ReviewDecision[], decision: ReviewDecision): ReviewDecision[] {
  return [...decisions.filter(({ memberId }) => memberId !== decision.memberId), decision]
}

/**
 * Whether two accounts belong to one person: the same account, or the same name. The team's owners see to it that two people
 * of one name can be told apart in their names.
 */
export function isSamePerson(
  one: { id: string; state: Pick<MemberState, 'name'> | undefined },
  other: { id: string; state: Pick<MemberState, 'name'> | undefined },
): boolean {
  if (one.id === other.id) return true
  return one.state !== undefined && other.state !== undefined && isSameName(one.state.name, other.state.name)
}
