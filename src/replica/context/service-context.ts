import type { Db } from '#storage/open-database.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { Actor } from '#domain/permissions/permit.ts'
import { ofIncident, type Topic } from '#contract/topics.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Change, Draft, ReplicaStore } from '../store/replica-store.ts'

/** What every service works with. Nothing in it is global: a process may hold several. */
export type ServiceContext = {
  db: Db
  store: ReplicaStore
  now(): number
  uuid(): string
  /** Screens are told what may have changed. */
  announce(topics: readonly Topic[]): void
  /** The sync client is told that the outbox has something. */
  wakeSync(): void
  /** Folders for evidence, uploads and exports. */
  folders: { evidence: string; uploads: string }
  readOnly: boolean
}

/** Topics of a kind of the team's own. Names stand everywhere; members come and change so seldom that everything may be read again. */
const OF_TEAM = new Map<string, readonly Topic[]>([
  ['member', ['workspace', '*']],
  ['plan', ['plans']],
  ['rules', ['rules']],
  ['notice', ['notices']],
])

/** Topics of a kind that stands in an incident; the list of incidents tells something of most of them. */
const OF_INCIDENT = new Map<string, (incidentId: string) => readonly Topic[]>([
  ['incident', (id) => ['incidents', ...ofIncident(id, 'incident', 'timeline')]],
  ['entry', (id) => ['incidents', ...ofIncident(id, 'timeline')]],
  ['import', (id) => ['incidents', ...ofIncident(id, 'imports', 'timeline', 'series')]],
  ['series', (id) => ['incidents', ...ofIncident(id, 'series', 'risk')]],
  ['points', (id) => ['incidents', ...ofIncident(id, 'series', 'risk')]],
  ['task', (id) => ['incidents', ...ofIncident(id, 'tasks')]],
  ['assignment', (id) => ofIncident(id, 'people')],
  ['followers', (id) => ofIncident(id, 'people')],
  ['reveal', (id) => ['reveals', ...ofIncident(id, 'reveals')]],
  ['assessment', (id) => ['incidents', ...ofIncident(id, 'risk')]],
  ['dismissed-suggestion', (id) => ['incidents', ...ofIncident(id, 'risk')]],
])

/** What changed, as topics of the UI contract. */
export function topicsOf(changes: readonly Change[]): Topic[] {
  const topics = new Set<Topic>()
  for (const { kind, scope } of changes) {
    const incidentId = incidentOfScope(scope)
    const found = OF_TEAM.get(kind) ?? (incidentId === null ? [] : (OF_INCIDENT.get(kind)?.(incidentId) ?? []))
    for (const topic of found) topics.add(topic)
  }
  return [...topics]
}

/** Writes ops and tells everybody who needs to know. Durable when it succeeds. */
export function write(context: ServiceContext, drafts: readonly Draft[]): Result<{ opIds: string[] }> {
  if (context.readOnly) return fail('read-only')
  const result = context.store.commit(drafts)
  if (!result.ok) return result
  context.announce([...topicsOf(result.value.changes), 'workspace'])
  context.wakeSync()
  return done({ opIds: result.value.opIds })
}

/** The member of this device as the permission matrix judges it, now; null before first run. */
export function actorHere(context: ServiceContext): Actor | null {
  const id = context.store.meta.read('memberId')
  const member = id === null ? undefined : (context.store.read('member', id) as Entity<MemberState> | undefined)
  return member ? { id: member.id, state: member.state, now: context.now() } : null
}

/** What stands for a member of whom this device knows nothing yet; in both languages, since it comes into files and notes too. */
export const UNKNOWN_MEMBER = '新成员 · new member'

/** Names of members by id. One may be unknown for a moment, while what a team has is on its way to a new device. */
export function memberNames(context: ServiceContext): (id: string) => string {
  const known = new Map<string, string>()
  return (id) => {
    let name = known.get(id)
    if (name === undefined) {
      const member = context.store.read('member', id) as Entity<MemberState> | undefined
      name = member?.state.name ?? UNKNOWN_MEMBER
      known.set(id, name)
    }
    return name
  }
}

/** Ids of entities on which own ops are pending, out of those given. */
export function pendingIds(context: ServiceContext, kind: string): (id: string) => boolean {
  const find = context.db.prepare('SELECT 1 FROM outbox WHERE kind = ? AND entity_id = ? LIMIT 1')
  return (id) => find.get(kind, id) !== undefined
}

/** SQL: the row is no part of an import that is running, abandoned or undone. */
export const VISIBLE = "(origin IS NULL OR origin IN (SELECT id FROM entity WHERE kind = 'import' AND facet = 'complete'))"
