import { z } from 'zod'

/** A UUID in canonical lower-case text form. New ones are version 7, so that they sort by time of making (RFC 9562). */
export const Uuid = z.uuid().brand<'Uuid'>()
export type Uuid = z.infer<typeof Uuid>

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

/** The scope that holds everything of one incident. */
export function incidentScope(incidentId: string): ScopeId {
  return ScopeId.parse(`incident:${incidentId}`)
}

/** The scope only its member reads; rejections and notices are recorded there. */
export function privateScope(memberId: string): ScopeId {
  return ScopeId.parse(`private:${memberId}`)
}

/** Whether a scope holds what was refused to one member and what they are told, and nothing else. */
export function isPrivateScope(scope: string): boolean {
  return scope.startsWith('private:')
}

/** The id of the incident a scope belongs to, or null for the other scopes. */
export function incidentOfScope(scope: string): string | null {
  return scope.startsWith('incident:') ? scope.slice('incident:'.length) : null
}
