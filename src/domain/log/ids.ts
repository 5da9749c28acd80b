import { z } from 'zod'

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[478][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * The only accepted form of an id, at every input and in every op that is judged: a lower-case UUID (RFC 9562) of a version
 * that our code generates. Devices generate 7, which sorts by time; the hub generates 4; 8 is derived from content. The nil
 * and the max UUID are not accepted. Recorded ids are read by {@link LoggedUuid}.
 */
export const Uuid = z.uuid().regex(CANONICAL, 'an id is a lower-case UUID of version 4, 7 or 8').brand<'Uuid'>()
export type Uuid = z.infer<typeof Uuid>

/** Whether a text is a valid {@link Uuid}. */
export function isUuid(text: string): text is Uuid {
  return CANONICAL.test(text)
}

/**
 * An id as logs of earlier versions may contain it: they accepted upper case, nil and max UUID and other versions. For
 * reading records, and in the bodies of ops, which must fold forever; ops that are judged now must satisfy {@link Uuid} as
 * well.
 */
export const LoggedUuid = z.uuid().brand<'Uuid'>()

/** The actor of records that no member caused, such as those of a timer. No member has it, because it is no {@link Uuid}. */
export const HUB_ACTOR = LoggedUuid.parse('00000000-0000-0000-0000-000000000000')

/**
 * A visibility group of the log. Sequence numbers are dense and the hash chain is kept per scope, so that a replica that
 * may read only some scopes can still see gaps and verify what it holds (architecture: "Scopes are how privacy works").
 */
export const ScopeId = z
  .string()
  .regex(/^(team|(incident|customers|private):[0-9a-f]{8}-[0-9a-f-]{27})$/)
  .brand<'ScopeId'>()
export type ScopeId = z.infer<typeof ScopeId>

export const TEAM_SCOPE = ScopeId.parse('team')

/** The scope of one incident. For an invalid id the result matches no scope. */
export function incidentScope(incidentId: string): ScopeId {
  return `incident:${incidentId}` as ScopeId
}

/** The scope that only its member reads; it holds rejections and notices. For an invalid id the result matches no scope. */
export function privateScope(memberId: string): ScopeId {
  return `private:${memberId}` as ScopeId
}

/** The scope of an incident's customers. For an invalid id the result matches no scope. */
export function customersScope(incidentId: string): ScopeId {
  return `customers:${incidentId}` as ScopeId
}

/**
 * The scopes in which ops on a kind are written: the team's, an incident's, either of both, an incident's customers', or the
 * author's private one.
 */
export type ScopeRule = 'team' | 'incident' | 'team-or-incident' | 'customers' | 'private'

/** Whether a rule allows an author to write in a scope. */
export function fitsScopeRule(rule: ScopeRule, scope: string, actorId: string): boolean {
  if (rule === 'team') return scope === TEAM_SCOPE
  if (rule === 'team-or-incident') return scope === TEAM_SCOPE || scope.startsWith('incident:')
  return rule === 'private' ? scope === privateScope(actorId) : scope.startsWith(`${rule}:`)
}

/** Whether a scope is the team's, or has an id that a new op may carry. */
export function isSoundScope(scope: string): boolean {
  return scope === TEAM_SCOPE || (ScopeId.safeParse(scope).success && isUuid(scope.slice(scope.indexOf(':') + 1)))
}

/** Whether a scope is private: it holds only a member's rejections and notices. */
export function isPrivateScope(scope: string): boolean {
  return scope.startsWith('private:')
}

/** The id of a scope's incident, or null for other scopes. */
export function incidentOfScope(scope: string): string | null {
  return scope.startsWith('incident:') ? scope.slice('incident:'.length) : null
}

/** Whether what is written in a scope may cause notices: in an incident, or in the team's standing library. */
export function isNoticedScope(scope: string): boolean {
  return scope === TEAM_SCOPE || incidentOfScope(scope) !== null
}

/** The scope whose records decide who may read a scope: readers of an incident also read its customers. */
export function decidingScope(scope: string): string {
  return scope.startsWith('customers:') ? `incident:${scope.slice('customers:'.length)}` : scope
}
