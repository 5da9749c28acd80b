import { ENTITY_KINDS, type EntityKind } from '#domain/entity-kinds.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import type { Db } from '#storage/open-database.ts'
import { HUB_ACTOR, incidentOfScope } from '#domain/log/ids.ts'
import { HUB_NAME, UNKNOWN_MEMBER } from '#domain/commands/named-member.ts'
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
  /** Announces to screens what may have changed. */
  announce(topics: readonly Topic[]): void
  /** Tells the sync client that the outbox is not empty. */
  wakeSync(): void
  /** Folders for evidence, uploads and exports. */
  folders: { evidence: string; uploads: string }
  readOnly: boolean
}

/**
 * Topics that a change of a kind announces, given its incident. Member names appear on every screen, but change so rarely that
 * everything may be read again. The list of incidents depends on most kinds.
 */
const TOPICS: Record<EntityKind, (incidentId: string) => readonly Topic[]> = {
  member: () => ['workspace', '*'],
  plan: () => ['plans'],
  rules: () => ['rules'],
  contact: () => ['contacts'],
  wording: (id) => ['reviews', ...ofIncident(id, 'wordings')],
  revision: (id) => ['reviews', ...ofIncident(id, 'wordings')],
  'wording-draft': (id) => ofIncident(id, 'wording-drafts'),
  // Approvals bind the values that were read, and a text without values stays out of a bulletin.
  'wording-values': (id) => ['reviews', 'bulletins', ...ofIncident(id, 'wordings')],
  'agent-group': () => ['agent-groups'],
  promise: (id) => ['incidents', ...ofIncident(id, 'promises')],
  bulletin: (id) => ['bulletins', ...ofIncident(id, 'bulletins')],
  'bulletin-plan': (id) => ['bulletins', ...ofIncident(id, 'bulletins')],
  notice: () => ['notices'],
  incident: (id) => ['incidents', ...ofIncident(id, 'incident', 'timeline')],
  entry: (id) => ['incidents', ...ofIncident(id, 'timeline')],
  import: (id) => ['incidents', ...ofIncident(id, 'imports', 'timeline', 'series')],
  series: (id) => ['incidents', ...ofIncident(id, 'series', 'risk')],
  points: (id) => ['incidents', ...ofIncident(id, 'series', 'risk')],
  task: (id) => ['incidents', ...ofIncident(id, 'tasks')],
  assignment: (id) => ofIncident(id, 'people'),
  followers: (id) => ofIncident(id, 'people'),
  reveal: (id) => ['reveals', ...ofIncident(id, 'reveals')],
  assessment: (id) => ['incidents', ...ofIncident(id, 'risk')],
  'dismissed-suggestion': (id) => ['incidents', ...ofIncident(id, 'risk')],
}

/** What changed, as topics of the UI contract. */
export function topicsOf(changes: readonly Change[]): Topic[] {
  const topics = new Set<Topic>()
  for (const { kind, scope } of changes) {
    // A kind of a newer version is not shown.
    const known = ENTITY_KINDS.find((one) => one === kind)
    if (known !== undefined) for (const topic of TOPICS[known](incidentOfScope(scope) ?? '')) topics.add(topic)
  }
  return [...topics]
}

/** Writes ops and announces the changes. Durable on success. */
export function write(context: ServiceContext, drafts: readonly Draft[]): Result<{ opIds: string[] }> {
  if (context.readOnly) return fail('read-only')
  const result = context.store.commit(drafts)
  if (!result.ok) return result
  context.announce([...topicsOf(result.value.changes), 'workspace'])
  context.wakeSync()
  return done({ opIds: result.value.opIds })
}

/** The member of this device as the permission matrix judges it now; null before first run. */
export function actorHere(context: ServiceContext): Actor | null {
  const id = context.store.meta.read('memberId')
  const member = id === null ? undefined : MEMBER.read(context.store, id)
  return member ? { id: member.id, state: member.state, now: context.now() } : null
}

/** Names of members by id. One may be unknown for a moment, while a new device receives the team's data. */
export function memberNames(context: ServiceContext): (id: string) => string {
  const known = new Map<string, string>()
  return (id) => {
    let name = known.get(id)
    if (name === undefined) {
      const member = MEMBER.read(context.store, id)
      name = member?.state.name ?? (id === HUB_ACTOR ? HUB_NAME : UNKNOWN_MEMBER)
      known.set(id, name)
    }
    return name
  }
}

/** Tests whether own ops are pending on an entity of this kind, by its id. */
export function pendingIds(context: ServiceContext, kind: string): (id: string) => boolean {
  const find = context.db.prepare('SELECT 1 FROM outbox WHERE kind = ? AND entity_id = ? LIMIT 1')
  return (id) => find.get(kind, id) !== undefined
}

/** SQL: the row is not part of an import that is running, abandoned or undone. */
export const VISIBLE = "(origin IS NULL OR origin IN (SELECT id FROM entity WHERE kind = 'import' AND facet = 'complete'))"
