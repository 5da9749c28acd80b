import type { Kysely } from 'kysely'
import type { AccountTables } from './account-tables.ts'
import type { TokenTables } from './token-tables.ts'

/**
 * Ends all access of a member except the password: sessions, personal tokens and reset codes. Reinstating the member or setting a
 * password does not restore any of it.
 * @param keep the asking session, which stays
 * @returns the sessions that were valid until now
 */
export async function endAccess(
  within: Kysely<AccountTables>,
  memberId: string,
  now: number,
  keep: string | null = null,
): Promise<string[]> {
  const sessions = within.updateTable('session').set({ revoked_at: now }).where('member_id', '=', memberId).where('revoked_at', 'is', null)
  const ended = await (keep === null ? sessions : sessions.where('id', '!=', keep)).returning('id').execute()
  const tokens = within.withTables<TokenTables>()
  await tokens
    .updateTable('token')
    .set({ revoked_at: now })
    .where('member_id', '=', memberId)
    .where('kind', '=', 'personal')
    .where('revoked_at', 'is', null)
    .execute()
  await within
    .updateTable('invite')
    .set({ withdrawn_at: now })
    .where('kind', '=', 'reset')
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
  return ended.map(({ id }) => id)
}
