import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import type { MemberRole, MemberState } from '#domain/members/member.ts'
import { restoreMasked } from '#domain/privacy/restore-masked.ts'
import type { Replica } from '#replica/open-replica.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { MemberView } from '#contract/workspace-api.ts'

function toView(entity: Entity<MemberState>): MemberView {
  return { id: entity.id, ...entity.state }
}

/** The member of this device, or null before first run. */
export function currentMember(replica: Replica): MemberView | null {
  const id = replica.store.meta.read('memberId')
  const entity = id === null ? undefined : MEMBER.read(replica.store, id)
  return entity ? toView(entity) : null
}

/** All members of the team that this replica knows. */
export function members(replica: Replica): MemberView[] {
  const rows = replica.db.prepare<[], { id: string }>("SELECT id FROM entity WHERE kind = 'member' ORDER BY row").all()
  return rows.flatMap(({ id }) => {
    const entity = MEMBER.read(replica.store, id)
    return entity ? [toView(entity)] : []
  })
}

/** First run: creates the local member. Identity and membership are written together or not at all. */
export function setUp(replica: Replica, name: string, role: MemberRole): Result<MemberView> {
  const existing = currentMember(replica)
  if (existing) return fail('already-exists')
  const id = crypto.randomUUID()
  const written = replica.db.transaction((): Result<unknown> => {
    replica.store.meta.write('memberId', id)
    const result = replica.store.commit([{ scope: TEAM_SCOPE, kind: MEMBER.kind, id, type: 'member.join', body: { name, role } }])
    if (!result.ok) replica.db.prepare("DELETE FROM meta WHERE key = 'memberId'").run()
    return result
  })()
  if (!written.ok) return written
  const made = currentMember(replica)
  return made ? done(made) : fail('not-set-up')
}

/** Changes the member's own name or role. */
export function updateMe(replica: Replica, shown: { name?: string | undefined; role?: MemberRole | undefined }): Result<MemberView> {
  const current = currentMember(replica)
  if (!current) return fail('not-set-up')
  const restored = restoreMasked(shown, current)
  if (!restored) return fail('mask-unclear')
  const change = restored.value
  // The form sends all of its fields: unchanged ones need no permission.
  const body = Object.fromEntries(
    Object.entries(change).filter(([field, value]) => value !== undefined && value !== current[field as keyof typeof change]),
  )
  if (Object.keys(body).length > 0) {
    const written = replica.store.commit([{ scope: TEAM_SCOPE, kind: MEMBER.kind, id: current.id, type: 'member.change', body }])
    if (!written.ok) return written
  }
  return done(currentMember(replica) ?? current)
}
