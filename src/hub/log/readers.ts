import type { ExpressionBuilder } from 'kysely'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { readersOf } from '#domain/permissions/readers.ts'
import type { HubTables } from '../database/hub-tables.ts'

/** Rows of readers that hold at a moment: named, or with what they were lent still running. */
export function isStillLent(now: number) {
  return (where: ExpressionBuilder<HubTables, 'scope_reader'>) => where.or([where('until', 'is', null), where('until', '>', now)])
}

/** Who may read a scope: every member of the team, or these alone, by member id. */
export type Readers = ReturnType<typeof readersOf>

/**
 * A change of who may read what. Closed list: it is all that sessions have to be told beside heads that moved.
 * That a vendor's period begins or ends is a matter of the clock and stands here nowhere: whoever holds sessions asks again.
 */
export type AccessChange =
  | { kind: 'scope'; scope: string; before: Readers; after: Readers }
  /** Somebody became a member or ceased to be one; with it go all scopes at once. */
  | { kind: 'member'; memberId: string; before: boolean; after: boolean }

/** Stands for whoever is a member of the team: it reads what all of them may read, and nothing else. It is no id, so no member has it. */
export const EVERYBODY = 'everybody'

/** Whether a member is among readers. */
export function isAmong(readers: Readers, memberId: string): boolean {
  return readers === 'everyone' || readers.includes(memberId)
}

/** What a change of a scope's readers means for one member. */
export function accessOf(change: Extract<AccessChange, { kind: 'scope' }>, memberId: string): 'gained' | 'lost' | 'same' {
  const before = isAmong(change.before, memberId)
  const after = isAmong(change.after, memberId)
  if (before === after) return 'same'
  return after ? 'gained' : 'lost'
}

/** The id of the incident that decides who may read a scope; null for scopes that no incident decides. */
export function decidingIncident(scope: string): string | null {
  const [kind, id] = scope.split(':')
  return (kind === 'incident' || kind === 'customers') && id !== undefined ? id : null
}

/** The scope under which the readers of a scope are kept: customers' data is read by whoever reads the incident. */
export function readersScope(scope: string): string {
  const incidentId = decidingIncident(scope)
  return incidentId === null ? scope : incidentScope(incidentId)
}

/**
 * Who may read a scope.
 * @param incident reads the incident that decides it
 * @param now milliseconds since 1970 by the hub's clock
 */
export function scopeReaders(scope: string, incident: (id: string) => Entity | undefined, now: number): Readers {
  if (scope === TEAM_SCOPE) return 'everyone'
  const incidentId = decidingIncident(scope)
  if (incidentId !== null) return readersOf(incident(incidentId), now)
  return scope.startsWith('private:') ? [scope.slice('private:'.length)] : []
}
