import type { ExpressionBuilder } from 'kysely'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { readersOf } from '#domain/permissions/readers.ts'
import type { HubTables } from '../database/hub-tables.ts'

/** Selects the reader rows that are valid at a moment: permanent, or temporary and not expired. */
export function isStillLent(now: number) {
  return (where: ExpressionBuilder<HubTables, 'scope_reader'>) => where.or([where('until', 'is', null), where('until', '>', now)])
}

/** Who may read a scope: every member of the team, or only these member IDs. */
export type Readers = 'everyone' | readonly string[]

/**
 * A change of read access. Closed list: together with moved heads, it is all that sessions are notified of. The start and end of a
 * vendor's period depend only on the clock and are not listed; whoever holds sessions checks them again.
 */
export type AccessChange =
  | { kind: 'scope'; scope: string; before: Readers; after: Readers }
  /** Someone became or ceased to be a member, which affects all scopes. */
  | { kind: 'member'; memberId: string; before: boolean; after: boolean }

/** Stands for any member of the team: it reads only what all members may read. It is not a valid ID, so no member has it. */
export const EVERYBODY = 'everybody'

/** Whether a member is among readers. */
export function isAmong(readers: Readers, memberId: string): boolean {
  return readers === 'everyone' || readers.includes(memberId)
}

/** The effect of a scope's reader change on one member. */
export function accessOf(change: Extract<AccessChange, { kind: 'scope' }>, memberId: string): 'gained' | 'lost' | 'same' {
  const before = isAmong(change.before, memberId)
  const after = isAmong(change.after, memberId)
  if (before === after) return 'same'
  return after ? 'gained' : 'lost'
}

/** The ID of the incident that determines who may read a scope; null for scopes without one. */
export function decidingIncident(scope: string): string | null {
  const [kind, id] = scope.split(':')
  return (kind === 'incident' || kind === 'customers') && id !== undefined ? id : null
}

/** The scope whose reader rows apply: customer data is readable by the incident's readers. */
export function readersScope(scope: string): string {
  const incidentId = decidingIncident(scope)
  return incidentId === null ? scope : incidentScope(incidentId)
}

/**
 * Who may read a scope.
 * @param incident reads the incident that determines it
 * @param now milliseconds since 1970 by the hub's clock
 */
export function scopeReaders(scope: string, incident: (id: string) => Entity | undefined, now: number): Readers {
  if (scope === TEAM_SCOPE) return 'everyone'
  const incidentId = decidingIncident(scope)
  if (incidentId !== null) return readersOf(incident(incidentId), now)
  return scope.startsWith('private:') ? [scope.slice('private:'.length)] : []
}
