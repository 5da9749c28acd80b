import type { RevisionRow } from '#contract/wording-api.ts'
import type { MemberRole } from '#domain/members/member.ts'

/** Why a member cannot approve a revision now. */
export type Hindrance =
  | { kind: 'own' }
  | { kind: 'done'; name: string }
  | { kind: 'not-asked'; roles: readonly MemberRole[] }
  | { kind: 'waits'; next: readonly MemberRole[] }
  | { kind: 'taken'; name: string }
  | { kind: 'not-in-review' }

/** Why this member cannot approve a revision now, or null if they can. */
export function hindrance(revision: RevisionRow, me: { id: string; role: MemberRole } | null): Hindrance | null {
  const { review, approval, mayApproveAs, decisions, own } = revision
  if (mayApproveAs.length > 0) return null
  if (!review || approval.status === 'draft') return { kind: 'not-in-review' }
  // One that does not count any more hinders nobody.
  const counting = decisions.filter(({ counts }) => counts)
  const mine = counting.find(({ memberId }) => memberId === me?.id)
  if (mine?.verdict === 'approve') return { kind: 'done', name: mine.name }
  if (own) return { kind: 'own' }
  const other = counting.find(({ as, verdict }) => as === me?.role && verdict === 'approve')
  if (other) return { kind: 'taken', name: other.name }
  const asked = review.policy.roles.some((role) => role === me?.role)
  if (asked && approval.next.length > 0 && !approval.next.some((role) => role === me?.role)) return { kind: 'waits', next: approval.next }
  return { kind: 'not-asked', roles: review.policy.roles }
}
