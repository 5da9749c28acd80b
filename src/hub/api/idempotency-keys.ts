import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { done, fail, type Result } from '#contract/failures.ts'
import type { ApiTables } from './api-tables.ts'

const KEPT_MS = 24 * 3_600_000
/** A request that began this long ago and has no answer died with its process; its ops are known by their ids. */
const AT_WORK_MS = 60_000

export type KeptAnswer = { status: number; body: string }

/** What a request says, apart from its key. */
export function fingerprintOf(method: string, path: string, body: unknown): string {
  return hash('sha256', JSON.stringify([method, path, body ?? null]))
}

/** Answers to requests that carried an Idempotency-Key, for 24 hours, a key for each token its own. */
export function createIdempotencyKeys(db: Kysely<ApiTables>, now: () => number) {
  const ofKey = (tokenId: string, key: string) =>
    db.selectFrom('api_answer').selectAll().where('token_id', '=', tokenId).where('key', '=', key).executeTakeFirst()

  return {
    /** Begins a request. @returns null when it is to be done, the answer it already has, or why it may not be done now */
    async begin(tokenId: string, key: string, fingerprint: string): Promise<Result<KeptAnswer | null>> {
      await db
        .deleteFrom('api_answer')
        .where('token_id', '=', tokenId)
        .where('key', '=', key)
        .where('at', '<=', now() - KEPT_MS)
        .execute()
      const made = await db
        .insertInto('api_answer')
        .values({ token_id: tokenId, key, fingerprint, status: null, body: '', at: now() })
        .onConflict((conflict) => conflict.columns(['token_id', 'key']).doNothing())
        .returning('key')
        .executeTakeFirst()
      if (made) return done(null)
      const row = await ofKey(tokenId, key)
      if (!row) return fail('idempotency-busy')
      if (row.fingerprint !== fingerprint) return fail('idempotency-mismatch')
      if (row.status !== null) return done({ status: row.status, body: row.body })
      if (now() - row.at < AT_WORK_MS) return fail('idempotency-busy')
      const taken = await db
        .updateTable('api_answer')
        .set({ at: now() })
        .where('token_id', '=', tokenId)
        .where('key', '=', key)
        .where('status', 'is', null)
        .where('at', '=', row.at)
        .returning('key')
        .executeTakeFirst()
      return taken ? done(null) : fail('idempotency-busy')
    },

    keep: (tokenId: string, key: string, { status, body }: KeptAnswer) =>
      db.updateTable('api_answer').set({ status, body, at: now() }).where('token_id', '=', tokenId).where('key', '=', key).execute(),

    /** Nothing came of it: the same key may be tried again. */
    forget: (tokenId: string, key: string) =>
      db.deleteFrom('api_answer').where('token_id', '=', tokenId).where('key', '=', key).where('status', 'is', null).execute(),

    sweep: () =>
      db
        .deleteFrom('api_answer')
        .where('at', '<=', now() - KEPT_MS)
        .execute(),
  }
}

export type IdempotencyKeys = ReturnType<typeof createIdempotencyKeys>
