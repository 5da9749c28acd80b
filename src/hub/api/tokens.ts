import type { Kysely, Selectable } from 'kysely'
import { isUuid } from '#domain/log/ids.ts'
import { TokenScope, type TokenView } from '#contract/team-api.ts'
import { DAY, MINUTE } from '#domain/durations.ts'
import { readTexts } from '../database/read-texts.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import { hashSecret, newSecret } from '../accounts/secrets.ts'
import type { TokenTables } from '../accounts/token-tables.ts'

/** Prefix by which secret scanners recognize tokens. */
const TOKEN_MARK = 'srt_'
/** Last use is written at most this often, milliseconds; it is for display only. */
const USED_EVERY_MS = MINUTE

export type TokenRow = Selectable<TokenTables['token']>

/** The member of a token, and its scopes. */
export type TokenOwner = { tokenId: string; memberId: string; scopes: readonly TokenScope[] }

/** The scopes of a token; unknown or unreadable ones grant nothing. */
const scopesOf = (row: TokenRow) => readTexts(row.scopes).flatMap((text) => TokenScope.safeParse(text).data ?? [])

/** A token as shown in the team's list; the secret is not stored anywhere. */
export function tokenView(row: TokenRow): TokenView {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind === 'service' ? 'service' : 'personal',
    scopes: scopesOf(row),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }
}

export type Tokens = {
  /** @returns the row and the secret, which is shown only once */
  make(values: {
    name: string
    kind: TokenView['kind']
    memberId: string
    scopes: readonly TokenScope[]
    days: number
    createdBy: string
  }): Promise<{ row: TokenRow; secret: string }>
  /** The owner of a valid secret; null when it is unknown, revoked or expired. */
  find(secret: string): Promise<TokenOwner | null>
  /** The member of a current or former personal token, so that a former member gets that reason instead of "unknown token". */
  memberOf: (secret: string) => Promise<string | null>
  /** Whether a member was created for a token and cannot sign in otherwise. */
  isService: (memberId: string) => Promise<boolean>
  byId: (id: string) => Promise<TokenRow | undefined>
  /** Newest first; those of one member, or all. */
  list(madeBy: string | null): Promise<TokenRow[]>
  revoke(id: string): Promise<boolean>
}

/** API tokens: secrets with a member, scopes and an expiry. Only their SHA-256 is stored. */
export function createTokens(db: Kysely<TokenTables>, edge: HubAccountEdge): Tokens {
  return {
    async make(values: {
      name: string
      kind: TokenView['kind']
      memberId: string
      scopes: readonly TokenScope[]
      days: number
      createdBy: string
    }): Promise<{ row: TokenRow; secret: string }> {
      const secret = TOKEN_MARK + newSecret(edge.random)
      const now = edge.now()
      const row: TokenRow = {
        id: edge.uuid(),
        name: values.name,
        kind: values.kind,
        member_id: values.memberId,
        secret_hash: hashSecret(secret),
        scopes: JSON.stringify([...new Set(values.scopes)]),
        created_by: values.createdBy,
        created_at: now,
        expires_at: now + values.days * DAY,
        last_used_at: null,
        revoked_at: null,
      }
      await db.insertInto('token').values(row).execute()
      return { row, secret }
    },

    async find(secret: string): Promise<TokenOwner | null> {
      if (!secret.startsWith(TOKEN_MARK) || secret.length > 200) return null
      const row = await db.selectFrom('token').selectAll().where('secret_hash', '=', hashSecret(secret)).executeTakeFirst()
      const now = edge.now()
      if (!row || row.revoked_at !== null || row.expires_at <= now || !isUuid(row.member_id)) return null
      if (row.last_used_at === null || now - row.last_used_at >= USED_EVERY_MS)
        await db.updateTable('token').set({ last_used_at: now }).where('id', '=', row.id).execute()
      return { tokenId: row.id, memberId: row.member_id, scopes: scopesOf(row) }
    },

    memberOf: async (secret: string): Promise<string | null> =>
      (
        await db
          .selectFrom('token')
          .select('member_id')
          .where('secret_hash', '=', hashSecret(secret))
          .where('kind', '=', 'personal')
          .executeTakeFirst()
      )?.member_id ?? null,

    isService: async (memberId: string): Promise<boolean> =>
      (await db.selectFrom('token').select('id').where('member_id', '=', memberId).where('kind', '=', 'service').executeTakeFirst()) !==
      undefined,

    byId: (id: string) => db.selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst(),

    list(madeBy: string | null) {
      const all = db.selectFrom('token').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(500)
      return (madeBy === null ? all : all.where('created_by', '=', madeBy)).execute()
    },

    async revoke(id: string): Promise<boolean> {
      const row = await db
        .updateTable('token')
        .set({ revoked_at: edge.now() })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
