import { hash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import { incidentScope } from '#domain/log/ids.ts'
import type { WebhookView } from '#contract/team-api.ts'
import { DAY, HOUR, MINUTE } from '#domain/durations.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { ApiTables } from '../api/api-tables.ts'
import { readTexts } from '../database/read-texts.ts'
import type { Hub } from '../open-hub.ts'
import { readRecords } from '../log/record-row.ts'
import { eventsOf } from './events.ts'
import { sendEvent, signEvent, writeHookSecret } from './send-event.ts'
import { pinTarget, resolveHost, type Resolve } from './webhook-address.ts'

const SECOND = 1000
/** Waits between attempts: about 24 hours in all. */
export const RETRY_AFTER = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  8 * HOUR,
] as const
/** How long a delivery is reserved for the node that sends it, milliseconds. */
const SENDING_MS = MINUTE
const LOG_BATCH = 500
const SEND_BATCH = 20
const SHOWN = 20
const KEPT_MS = 7 * DAY

type HookRow = Selectable<ApiTables['webhook']>
type DeliveryRow = Selectable<ApiTables['delivery']>

const cursorKey = (scope: string) => `webhooks ${scope}`

/**
 * Outgoing webhooks: events are taken from the log by a cursor for each scope, stored as deliveries in the transaction that moves
 * the cursor, and sent at least once.
 */
export function createWebhooks(
  hub: Hub,
  edge: HubAccountEdge,
  options: { allowPrivate: boolean; onSent(ok: boolean): void; resolve?: Resolve },
) {
  const { kysely } = hub.database
  const db: Kysely<ApiTables> = kysely.withTables<ApiTables>()
  const resolve = options.resolve ?? resolveHost

  const activeHooks = () => db.selectFrom('webhook').selectAll().where('active', '=', 1).orderBy('id').execute()

  function view(row: HookRow, deliveries: readonly DeliveryRow[]): WebhookView {
    return {
      id: row.id,
      url: row.url,
      events: readTexts(row.events),
      active: row.active === 1,
      createdAt: row.created_at,
      deliveries: deliveries.map(({ id, at, status, attempt, error, next_at: nextAt }) => ({ id, at, status, attempt, error, nextAt })),
    }
  }

  const lastDeliveries = (hookId: string) =>
    db.selectFrom('delivery').selectAll().where('hook_id', '=', hookId).orderBy('created_at', 'desc').orderBy('id').limit(SHOWN).execute()

  /** Takes the events of a scope after its cursor. @returns whether there may be more */
  async function takeFrom(scope: string, hooks: readonly HookRow[]): Promise<boolean> {
    // A hook belongs to the whole team: it gets no events of restricted scopes.
    const told = hooks.length > 0 && (await hub.log.readersOfScope(scope)) === 'everyone'
    return kysely.transaction().execute(async (tx) => {
      const key = cursorKey(scope)
      await tx
        .insertInto('meta')
        .values({ key, value: '0' })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute()
      const locked = tx.selectFrom('meta').select('value').where('key', '=', key)
      const from = Number((await (hub.database.engine === 'postgres' ? locked.forUpdate() : locked).executeTakeFirstOrThrow()).value)
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
      const made = told
        ? readRecords(rows, hub.unreadable).flatMap((record) =>
            eventsOf(record).flatMap(({ event, opId, body }) =>
              hooks
                .filter((hook) => hook.created_at <= record.hubTime && readTexts(hook.events).includes(event))
                .map((hook): DeliveryRow => ({
                  id: `msg_${hash('sha256', JSON.stringify([opId, event, hook.id])).slice(0, 40)}`,
                  hook_id: hook.id,
                  event,
                  body: JSON.stringify(body),
                  created_at: edge.now(),
                  attempt: 0,
                  status: null,
                  error: null,
                  next_at: edge.now(),
                  at: edge.now(),
                })),
            ),
          )
        : []
      const within = tx.withTables<ApiTables>()
      for (const row of made)
        await within
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

  async function deliver(row: DeliveryRow, hook: HookRow): Promise<void> {
    const pinned = await pinTarget(hook.url, options.allowPrivate, resolve)
    const result = pinned.ok
      ? await sendEvent(pinned.target, signEvent(hook.secret, row.id, Math.floor(edge.now() / 1000), row.body), row.body)
      : { status: null, error: pinned.why }
    const ok = result.status !== null && result.status >= 200 && result.status < 300
    const wait = RETRY_AFTER[row.attempt]
    const over = ok || wait === undefined || result.status === 410
    await db
      .updateTable('delivery')
      .set({ ...result, attempt: row.attempt + 1, at: edge.now(), next_at: over ? null : edge.now() + (wait ?? 0) })
      .where('id', '=', row.id)
      .execute()
    // The receiver answered 410 Gone: nothing more is sent to it (Standard Webhooks).
    if (result.status === 410) await db.updateTable('webhook').set({ active: 0 }).where('id', '=', hook.id).execute()
    options.onSent(ok)
  }

  async function tryOne(row: DeliveryRow): Promise<number> {
    const claimed = await db
      .updateTable('delivery')
      .set({ next_at: edge.now() + SENDING_MS })
      .where('id', '=', row.id)
      .where('next_at', '=', row.next_at)
      .returning('id')
      .executeTakeFirst()
    if (!claimed) return 0
    const hook = await db.selectFrom('webhook').selectAll().where('id', '=', row.hook_id).executeTakeFirst()
    if (hook?.active === 1 && (await isForAll(row))) await deliver(row, hook)
    else await db.updateTable('delivery').set({ next_at: null }).where('id', '=', row.id).execute()
    return 1
  }

  /** Whether the whole team may read the subject of a delivery; checked when sending, because it may have waited. */
  async function isForAll({ body }: DeliveryRow): Promise<boolean> {
    const { data } = JSON.parse(body) as { data: { incidentId: string } }
    return (await hub.log.readersOfScope(incidentScope(data.incidentId))) === 'everyone'
  }

  let closed = false
  /** Hooks with a send in progress, and whether more deliveries have arrived for them. */
  const sending = new Map<string, { again: boolean }>()

  async function sendTo(hookId: string): Promise<number> {
    const running = sending.get(hookId)
    if (running) {
      running.again = true
      return 0
    }
    const lane = { again: false }
    sending.set(hookId, lane)
    let tried = 0
    try {
      while (!closed) {
        lane.again = false
        const due = await db
          .selectFrom('delivery')
          .selectAll()
          .where('hook_id', '=', hookId)
          .where('next_at', 'is not', null)
          .where('next_at', '<=', edge.now())
          .orderBy('next_at')
          .orderBy('id')
          .limit(SEND_BATCH)
          .execute()
        for (const one of await Promise.all(due.map(tryOne))) tried += one
        if (due.length === 0 && !lane.again) break
      }
      return tried
    } finally {
      sending.delete(hookId)
    }
  }

  let someKnown = false
  let taking: Promise<void> = Promise.resolve()

  async function takeAll(): Promise<void> {
    const hooks = await activeHooks()
    someKnown = hooks.length > 0
    // Without hooks, no deliveries are stored; a new hook gets events from its creation on.
    if (!someKnown) return
    for (const { scope, seq } of await hub.log.heads()) {
      if (!scope.startsWith('incident:')) continue
      const at = await kysely.selectFrom('meta').select('value').where('key', '=', cursorKey(scope)).executeTakeFirst()
      if (Number(at?.value ?? 0) >= seq) continue
      while (await takeFrom(scope, hooks)) continue
    }
  }

  return {
    /** Whether a hook existed at the last check; without one, commits cost nothing. */
    someKnown: () => someKnown,

    /** Creates deliveries for new records; one call at a time. */
    take(): Promise<void> {
      taking = taking.catch(() => null).then(takeAll)
      return taking
    },

    /**
     * Sends due deliveries, concurrently for each hook and with a limit: a hook that never answers blocks no other. A send in
     * progress picks up deliveries that arrived for its hook meanwhile.
     * @returns how many were tried
     */
    async send(): Promise<number> {
      const due = await db
        .selectFrom('delivery')
        .select('hook_id')
        .distinct()
        .where('next_at', 'is not', null)
        .where('next_at', '<=', edge.now())
        .execute()
      const tried = await Promise.all(due.map(({ hook_id: hookId }) => sendTo(hookId)))
      return tried.reduce((sum, one) => sum + one, 0)
    },

    /** Starts nothing more. */
    close(): void {
      closed = true
    },

    async list(): Promise<WebhookView[]> {
      const rows = await db.selectFrom('webhook').selectAll().orderBy('created_at').orderBy('id').execute()
      return Promise.all(rows.map(async (row) => view(row, await lastDeliveries(row.id))))
    },

    /** Why no event could be sent to a URL, or null. */
    async refuseUrl(url: string): Promise<string | null> {
      const pinned = await pinTarget(url, options.allowPrivate, resolve)
      return pinned.ok ? null : pinned.why
    },

    async add(url: string, events: readonly string[], createdBy: string): Promise<WebhookView & { secret: string }> {
      const secret = writeHookSecret(edge.random(32))
      const row: HookRow = {
        id: edge.uuid(),
        url,
        secret,
        events: JSON.stringify([...new Set(events)]),
        active: 1,
        created_by: createdBy,
        created_at: edge.now(),
      }
      await db.insertInto('webhook').values(row).execute()
      someKnown = true
      return { ...view(row, []), secret }
    },

    async remove(id: string): Promise<boolean> {
      await db.deleteFrom('delivery').where('hook_id', '=', id).execute()
      return (await db.deleteFrom('webhook').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined
    },

    sweep: () =>
      db
        .deleteFrom('delivery')
        .where('next_at', 'is', null)
        .where('created_at', '<', edge.now() - KEPT_MS)
        .execute(),
  }
}

export type Webhooks = ReturnType<typeof createWebhooks>
