import type { Kysely, Selectable } from 'kysely'
import { MemberPosition } from '#domain/members/member.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { InviteView } from '#contract/team-api.ts'
import { HOUR } from '#domain/durations.ts'
import type { HubAccountEdge } from './account-edge.ts'
import type { AccountTables } from './account-tables.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** A reset code is handed over at once, in person. */
const RESET_HOURS = 24

export type InviteRow = Selectable<AccountTables['invite']>

/** Shown for an invite whose row cannot be read; it admits no one. */
const NO_PLACE = { role: 'technical', vendor: null } as const satisfies MemberPosition

function stateOf(row: InviteRow, now: number): InviteView['state'] {
  if (row.used_at !== null) return 'used'
  if (row.withdrawn_at !== null) return 'withdrawn'
  return row.expires_at <= now ? 'expired' : 'open'
}

/** The place in the team that an invite grants; null when its row is unreadable. A reset code grants none. */
export function placeOf({ kind, place }: Pick<InviteRow, 'kind' | 'place'>): MemberPosition | null {
  const otherwise = kind === 'reset' ? NO_PLACE : null
  try {
    return MemberPosition.safeParse(JSON.parse(place)).data ?? otherwise
  } catch {
    return otherwise
  }
}

/** An invite as shown in the team's list, with a readable place; the secret is not stored anywhere. */
export function inviteView(row: InviteRow, now: number): InviteView {
  const place = placeOf(row) ?? NO_PLACE
  return {
    id: row.id,
    role: place.role,
    vendor: place.vendor ?? null,
    note: row.note,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    state: stateOf(row, now),
    usedBy: row.used_at === null ? null : row.member_id,
  }
}

export type Invites = {
  make: (place: MemberPosition, note: string, hours: number, createdBy: string) => Promise<{ row: InviteRow; secret: string }>
  /** Makes a code that lets a known member set a new password; the member's older codes stop working. */
  makeReset(memberId: string, place: MemberPosition, createdBy: string): Promise<{ row: InviteRow; secret: string }>
  list: () => Promise<InviteRow[]>
  /** Finds an invite by its secret, or why it cannot be used. */
  open(secret: string): Promise<Result<InviteRow>>
  withdraw(id: string): Promise<Result<InviteRow>>
  /** Uses an invite up, in a transaction; false when it was already used. */
  use(within: Kysely<AccountTables>, id: string, memberId: string, joinOp: string | null): Promise<boolean>
}

/** Invites and password resets: secrets that work once before they expire. */
export function createInvites(db: Kysely<AccountTables>, edge: HubAccountEdge): Invites {
  async function make(
    values: Pick<InviteRow, 'kind' | 'member_id' | 'place' | 'note' | 'created_by'>,
    hours: number,
  ): Promise<{ row: InviteRow; secret: string }> {
    const secret = newSecret(edge.random)
    const now = edge.now()
    const row: InviteRow = {
      id: edge.uuid(),
      secret_hash: hashSecret(secret),
      created_at: now,
      expires_at: now + hours * HOUR,
      used_at: null,
      withdrawn_at: null,
      join_op: null,
      ...values,
    }
    await db.insertInto('invite').values(row).execute()
    return { row, secret }
  }

  return {
    make: (place: MemberPosition, note: string, hours: number, createdBy: string) =>
      make({ kind: 'invite', member_id: null, place: JSON.stringify(place), note, created_by: createdBy }, hours),
    async makeReset(memberId: string, place: MemberPosition, createdBy: string): Promise<{ row: InviteRow; secret: string }> {
      await db
        .updateTable('invite')
        .set({ withdrawn_at: edge.now() })
        .where('kind', '=', 'reset')
        .where('member_id', '=', memberId)
        .where('used_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .execute()
      return make({ kind: 'reset', member_id: memberId, place: JSON.stringify(place), note: '', created_by: createdBy }, RESET_HOURS)
    },
    list: () =>
      db.selectFrom('invite').selectAll().where('kind', '=', 'invite').orderBy('created_at', 'desc').orderBy('id').limit(500).execute(),

    async open(secret: string): Promise<Result<InviteRow>> {
      const row = await db.selectFrom('invite').selectAll().where('secret_hash', '=', hashSecret(secret)).executeTakeFirst()
      if (!row || placeOf(row) === null) return fail('invite-unknown')
      const state = stateOf(row, edge.now())
      if (state === 'open') return done(row)
      return state === 'expired'
        ? fail('invite-expired', { at: row.expires_at })
        : fail(state === 'used' ? 'invite-used' : 'invite-withdrawn')
    },

    async withdraw(id: string): Promise<Result<InviteRow>> {
      const row = await db
        .updateTable('invite')
        .set({ withdrawn_at: edge.now() })
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      if (row) return done(row)
      const known = await db.selectFrom('invite').select('used_at').where('id', '=', id).executeTakeFirst()
      if (!known) return fail('invite-unknown')
      return fail(known.used_at === null ? 'invite-withdrawn' : 'invite-used')
    },

    async use(within: Kysely<AccountTables>, id: string, memberId: string, joinOp: string | null): Promise<boolean> {
      const row = await within
        .updateTable('invite')
        .set({ used_at: edge.now(), member_id: memberId, join_op: joinOp })
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
