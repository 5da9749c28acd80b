import { z } from 'zod'

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[478][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * The one form of an id, at every door and in every op that is judged: a UUID in lower case (RFC 9562), of a version that our
 * own code makes. Devices make 7, which sorts by time; the hub makes 4; 8 is worked out of what it names. The nil and the max
 * UUID are none of these. What was taken in once is read by {@link LoggedUuid}.
 */
export const Uuid = z.uuid().regex(CANONICAL, 'an id is a lower-case UUID of version 4, 7 or 8').brand<'Uuid'>()
export type Uuid = z.infer<typeof Uuid>

/** Whether a text is an id as {@link Uuid} has it. */
export function isUuid(text: string): text is Uuid {
  return CANONICAL.test(text)
}

/**
 * An id as logs of earlier versions may hold it: upper case, nil and max UUID and other versions were let in once. For reading
 * what is recorded, and in the bodies of ops, which are folded for ever; what is judged anew is held to {@link Uuid} as well.
 */
export const LoggedUuid = z.uuid().brand<'Uuid'>()

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

/** The scope that holds everything of one incident. For an id that is none it is a name that no scope has. */
export function incidentScope(incidentId: string): ScopeId {
  return `incident:${incidentId}` as ScopeId
}

/** The scope only its member reads; rejections and notices are recorded there. For an id that is none it is a name that no scope has. */
export function privateScope(memberId: string): ScopeId {
  return `private:${memberId}` as ScopeId
}

/** The scope of an incident's customers. For an id that is none it is a name that no scope has. */
export function customersScope(incidentId: string): ScopeId {
  return `customers:${incidentId}` as ScopeId
}

/** Which scopes the ops on a kind of entity may stand in: the team's, an incident's, its customers', or its author's own. */
export type ScopeRule = 'team' | 'incident' | 'customers' | 'private'

/** Whether a scope is one that a rule allows to an author. */
export function fitsScopeRule(rule: ScopeRule, scope: string, actorId: string): boolean {
  if (rule === 'team') return scope === TEAM_SCOPE
  return rule === 'private' ? scope === privateScope(actorId) : scope.startsWith(`${rule}:`)
}

/** Whether a scope is the team's, or named by an id that a new op may carry. */
export function isSoundScope(scope: string): boolean {
  return scope === TEAM_SCOPE || (ScopeId.safeParse(scope).success && isUuid(scope.slice(scope.indexOf(':') + 1)))
}

/** Whether a scope holds what was refused to one member and what they are told, and nothing else. */
export function isPrivateScope(scope: string): boolean {
  return scope.startsWith('private:')
}

/** The id of the incident a scope belongs to, or null for the other scopes. */
export function incidentOfScope(scope: string): string | null {
  return scope.startsWith('incident:') ? scope.slice('incident:'.length) : null
}

/** The scope whose records decide who may read a scope: customers' data is read by whoever reads the incident. */
export function decidingScope(scope: string): string {
  return scope.startsWith('customers:') ? `incident:${scope.slice('customers:'.length)}` : scope
}
