import { policyFor, type ApprovalPolicies, type ApprovalPolicy, type ApproverRole } from '#domain/rules/approval-policy.ts'
import type { WordingKind } from '#domain/wording/wording.ts'

/** The levels of incidents, then 0 for the standing library. */
export const POLICY_LEVELS = [1, 2, 3, 0] as const
export type PolicyLevel = (typeof POLICY_LEVELS)[number]

/** For which texts a policy is: null means all. */
export type PolicyPlace = { kind: WordingKind | null; level: PolicyLevel | null }

const isAt = (place: PolicyPlace) => (one: PolicyPlace) => one.kind === place.kind && one.level === place.level

/** Whether a place already has a policy of its own. */
export const hasOwn = (policies: ApprovalPolicies, place: PolicyPlace) => policies.some(isAt(place))

/** Adds a policy for a place, or replaces the one it has. */
export function withPolicy(policies: ApprovalPolicies, place: PolicyPlace, policy: ApprovalPolicy): ApprovalPolicies {
  const others = policies.filter((one) => !isAt(place)(one))
  return [...others, { ...place, policy }]
}

export function withoutPolicy(policies: ApprovalPolicies, place: PolicyPlace): ApprovalPolicies {
  return policies.filter((one) => !isAt(place)(one))
}

/** Adds a role at the end, or takes it out; the last one stays, because somebody must approve. */
export function withRole(policy: ApprovalPolicy, role: ApproverRole, chosen: boolean): ApprovalPolicy {
  const others = policy.roles.filter((one) => one !== role)
  const roles = chosen ? [...others, role] : others
  return roles.length === 0 ? policy : { ...policy, roles }
}

/** The policy that a place has now: its own, a more general one, or the default. */
export function policyAt(policies: ApprovalPolicies, { kind, level }: PolicyPlace): ApprovalPolicy {
  return policyFor(policies, kind ?? 'script', level ?? 2)
}
