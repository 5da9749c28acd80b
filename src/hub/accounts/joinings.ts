import { MEMBER } from '#domain/members/member-entity.ts'
import type { Kysely } from 'kysely'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import { isUuid, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { MemberPosition, MemberState } from '#domain/members/member.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { isNotSaved } from '#storage/disk-failure.ts'
import { isOutage } from '../database/database-failure.ts'
import { whyUnreadable, type Unreadable } from '../database/unreadable.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import { placeOf, type InviteRow } from './invites.ts'
import type { MemberLog } from './member-log.ts'

type JoiningRow = Pick<InviteRow, 'id' | 'kind' | 'member_id' | 'place' | 'join_op'>

/** The joinings between invite and log: a used invite holds the op that creates its member until the log has it. */
export type Joinings = {
  /** The op that creates a member, written by the hub in the member's name because they have no device yet. */
  opOf(memberId: string, name: string, place: MemberPosition): string
  /** Writes the op of a used invite to the log, and removes it from the invite. */
  write(row: JoiningRow): Promise<Result<null>>
  /**
   * Reads a member, and first completes a joining that a failed write left: the hub went on, and who joined must not wait until it starts
   * again.
   * @returns null for somebody who has not joined
   */
  memberOf(memberId: string): Promise<MemberState | null>
  /**
   * Completes joinings that a crash left between invite and log. One that can never be completed is set aside; its invite stays
   * used up and its login becomes free again.
   * @param setAside stores what is deleted, before the deletion
   */
  finish(setAside: (one: Unreadable) => Promise<void>): Promise<void>
}

export function createJoinings(db: Kysely<AccountTables>, log: MemberLog, edge: HubAccountEdge): Joinings {
  async function write(row: JoiningRow): Promise<Result<null>> {
    const place = placeOf(row)
    if (row.join_op === null || row.member_id === null) return done(null)
    // Earlier versions accepted IDs at sign-in that no member can have.
    if (!isUuid(row.member_id) || place === null) return fail('unreadable-here', { kind: 'invite' })
    const joined = await log.join(row.join_op, row.member_id, { kind: 'invited', ...place })
    if (joined.ok) await db.updateTable('invite').set({ join_op: null }).where('id', '=', row.id).execute()
    return joined
  }

  async function giveUp({ id, member_id: memberId }: Pick<InviteRow, 'id' | 'member_id'>): Promise<void> {
    // A member keeps their way to sign in; so does anyone whose membership cannot be determined.
    const known = memberId !== null && (await log.readMember(memberId).catch(() => undefined)) !== null
    await db.transaction().execute(async (within) => {
      await within.updateTable('invite').set({ join_op: null }).where('id', '=', id).execute()
      if (memberId === null || known) return
      await within.deleteFrom('credential').where('member_id', '=', memberId).execute()
      await within
        .updateTable('session')
        .set({ revoked_at: edge.now() })
        .where('member_id', '=', memberId)
        .where('revoked_at', 'is', null)
        .execute()
    })
  }

  return {
    opOf(memberId, name, place) {
      return JSON.stringify({
        opId: edge.uuid(),
        scope: TEAM_SCOPE,
        // A replica ID for this one op only; its counter starts and ends here.
        replicaId: edge.uuid(),
        counter: 1,
        entity: { kind: MEMBER.kind, id: memberId },
        type: 'member.join',
        version: 1,
        body: { name, ...place },
        hlc: tickHlc(HLC_START, edge.now()),
        baseSeq: 0,
      })
    },

    write,

    async memberOf(memberId) {
      const known = await log.readMember(memberId)
      if (known) return known
      const row = await db
        .selectFrom('invite')
        .selectAll()
        .where('member_id', '=', memberId)
        .where('join_op', 'is not', null)
        .executeTakeFirst()
      return row && (await write(row)).ok ? log.readMember(memberId) : null
    },

    async finish(setAside) {
      for (const row of await db.selectFrom('invite').selectAll().where('join_op', 'is not', null).execute()) {
        const why = await write(row).then(
          (joined) => (joined.ok ? null : `${joined.failure.code} ${JSON.stringify(joined.failure.params)}`),
          (error: unknown) => {
            // The database is at fault, not the row: the next start retries.
            if (isNotSaved(error) || isOutage(error)) throw error
            return whyUnreadable(error)
          },
        )
        if (why === null) continue
        await setAside({ place: 'invite', name: row.id, why: `joining: ${why}`, kept: row.join_op ?? '' })
        await giveUp(row)
      }
    },
  }
}
