import { HOUR } from '#domain/durations.ts'
import type { Kysely } from 'kysely'
import type { HubTables } from '../database/hub-tables.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import type { InviteRow } from './invites.ts'
import { hashSecret } from './secrets.ts'

const KEY = 'sharedInvite'

export type SharedInvite = { row: InviteRow; secret: string }

/**
 * One invite shared by all nodes of a hub on PostgreSQL: the open one, or a new one when there is none.
 * @param secretOf derives the secret from the ID: only a hash is stored
 */
export async function openSharedInvite(
  db: Kysely<HubTables & AccountTables>,
  edge: HubAccountEdge,
  secretOf: (id: string) => string,
  { place, createdBy, hours }: { place: string; createdBy: string; hours: number },
): Promise<SharedInvite> {
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto('meta')
      .values({ key: KEY, value: '' })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    // Locks: from here on, one node at a time.
    const { value: id } = await tx.selectFrom('meta').select('value').where('key', '=', KEY).forUpdate().executeTakeFirstOrThrow()
    const now = edge.now()
    const known = await tx
      .selectFrom('invite')
      .selectAll()
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    if (known && known.secret_hash === hashSecret(secretOf(known.id))) return { row: known, secret: secretOf(known.id) }
    const fresh = edge.uuid()
    const secret = secretOf(fresh)
    const row: InviteRow = {
      id: fresh,
      kind: 'invite',
      secret_hash: hashSecret(secret),
      member_id: null,
      place,
      note: '',
      created_by: createdBy,
      created_at: now,
      expires_at: now + hours * HOUR,
      used_at: null,
      withdrawn_at: null,
      join_op: null,
    }
    await tx.insertInto('invite').values(row).execute()
    await tx.updateTable('meta').set({ value: fresh }).where('key', '=', KEY).execute()
    return { row, secret }
  })
}
