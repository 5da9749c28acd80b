import type { DeleteResult } from 'kysely'
import type { UpdateResult } from 'kysely'
import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { done, fail, type Result } from '#contract/failures.ts'
import { DAY, MINUTE } from '#domain/durations.ts'
import type { ApiTables } from './api-tables.ts'

const KEPT_MS = DAY
/** A request without an answer after this time, milliseconds, died with its process; its ops are recognized by their IDs. */
const AT_WORK_MS = MINUTE

export type KeptAnswer = { status: number; body: string }

/** A hash of the request without its key. */
export function fingerprintOf(method: string, path: string, body: unknown): string {
  return hash('sha256', JSON.stringify([method, path, body ?? null]))
}

export type IdempotencyKeys = {
  /** Begins a request. @returns null when it must run, the stored answer, or why it may not run now */
  begin(tokenId: string, key: string, fingerprint: string): Promise<Result<KeptAnswer | null>>
  keep: (tokenId: string, key: string, { status, body }: KeptAnswer) => Promise<UpdateResult[]>
  /** Deletes a key whose request had no effect, so that it can be used again. */
  forget: (tokenId: string, key: string) => Promise<DeleteResult[]>
  sweep: () => Promise<DeleteResult[]>
}

/** Answers to requests with an Idempotency-Key, kept for 24 hours; keys are separate for each token. */
export function createIdempotencyKeys(db: Kysely<ApiTables>, now: () => number): IdempotencyKeys {
  const ofKey = (tokenId: string, key: string) =>
    db.selectFrom('api_answer').selectAll().where('token_id', '=', tokenId).where('key', '=', key).executeTakeFirst()

  return {
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

    forget: (tokenId: string, key: string) =>
      db.deleteFrom('api_answer').where('token_id', '=', tokenId).where('key', '=', key).where('status', 'is', null).execute(),

    sweep: () =>
      db
        .deleteFrom('api_answer')
        .where('at', '<=', now() - KEPT_MS)
        .execute(),
  }
}
