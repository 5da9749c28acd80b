import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { LogRecord } from '#domain/log/record.ts'
import { readTexts } from '../database/read-texts.ts'
import type { HubTables } from '../database/hub-tables.ts'
import type { Hub } from '../log/hub.ts'
import { readRecords } from '../log/record-row.ts'
import { eventsOf } from './events.ts'
import type { DeliveryRow, HookRow, WebhookTables } from './webhook-tables.ts'

const LOG_BATCH = 500

const cursorKey = (scope: string) => `webhooks ${scope}`

/** The deliveries of a record, one for each of its events and each hook that asked for it. */
function deliveriesOf(record: LogRecord, hooks: readonly HookRow[], now: number): DeliveryRow[] {
  return eventsOf(record).flatMap(({ event, opId, body }) =>
    hooks
      .filter((hook) => hook.created_at <= record.hubTime && readTexts(hook.events).includes(event))
      .map((hook) => ({
        id: `msg_${hash('sha256', JSON.stringify([opId, event, hook.id])).slice(0, 40)}`,
        hook_id: hook.id,
        event,
        body: JSON.stringify(body),
        created_at: now,
        attempt: 0,
        status: null,
        error: null,
        next_at: now,
        at: now,
      })),
  )
}

/**
 * Takes events from the log by a cursor for each scope, and stores them as deliveries in the transaction that moves the cursor.
 * @param now milliseconds since 1970
 * @returns a function that takes all new events of the incidents for these hooks
 */
export function createEventTaker({ database, log, unreadable }: Hub, now: () => number): (hooks: readonly HookRow[]) => Promise<void> {
  const { kysely } = database

  /** In a transaction: the sequence number up to which events of a scope were taken; locked until the commit. */
  async function lockCursor(tx: Kysely<WebhookTables & HubTables>, key: string): Promise<number> {
    await tx
      .insertInto('meta')
      .values({ key, value: '0' })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    const locked = tx.selectFrom('meta').select('value').where('key', '=', key)
    return Number((await (database.engine === 'postgres' ? locked.forUpdate() : locked).executeTakeFirstOrThrow()).value)
  }

  /** Takes the events of a scope after its cursor. @returns whether there may be more */
  async function takeFrom(scope: string, hooks: readonly HookRow[]): Promise<boolean> {
    // A hook belongs to the whole team: it gets no events of restricted scopes.
    const told = hooks.length > 0 && (await log.readersOfScope(scope)) === 'everyone'
    return kysely
      .withTables<WebhookTables>()
      .transaction()
      .execute(async (tx) => {
        const key = cursorKey(scope)
        const from = await lockCursor(tx, key)
        const rows = await tx
          .selectFrom('record')
          .selectAll()
          .where('scope', '=', scope)
          .where('seq', '>', from)
          .orderBy('seq')
          .limit(LOG_BATCH)
          .execute()
        const last = rows.at(-1)
        if (!last) return false
        const made = told ? readRecords(rows, unreadable).flatMap((record) => deliveriesOf(record, hooks, now())) : []
        for (const row of made)
          await tx
            .insertInto('delivery')
            .values(row)
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute()
        await tx
          .updateTable('meta')
          .set({ value: String(last.seq) })
          .where('key', '=', key)
          .execute()
        return rows.length === LOG_BATCH
      })
  }

  return async (hooks) => {
    for (const { scope, seq } of await log.heads()) {
      if (!scope.startsWith('incident:')) continue
      const at = await kysely.selectFrom('meta').select('value').where('key', '=', cursorKey(scope)).executeTakeFirst()
      if (Number(at?.value ?? 0) >= seq) continue
      while (await takeFrom(scope, hooks)) continue
    }
  }
}
