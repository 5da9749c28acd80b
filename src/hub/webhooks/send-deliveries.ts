import type { Kysely } from 'kysely'
import { incidentScope } from '#domain/log/ids.ts'
import type { HubLog } from '../log/hub-log.ts'
import { sendEvent, signEvent } from './send-event.ts'
import { pinTarget, type Resolve } from './webhook-address.ts'
import type { DeliveryRow, HookRow, WebhookTables } from './webhook-tables.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
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
const SEND_BATCH = 20

export type SenderEdge = {
  db: Kysely<WebhookTables>
  log: Pick<HubLog, 'readersOfScope'>
  now(): number
  /** Allows hooks in private networks. */
  allowPrivate: boolean
  resolve: Resolve
  onSent(ok: boolean): void
}

/** Sends due deliveries, each at least once. */
export type DeliverySender = {
  /**
   * Sends due deliveries, concurrently for each hook and with a limit: a hook that never answers blocks no other. A send in
   * progress picks up deliveries that arrived for its hook meanwhile.
   * @returns how many were tried
   */
  send(): Promise<number>
  /** Starts nothing more. */
  close(): void
}

export function createDeliverySender({ db, log, now, allowPrivate, resolve, onSent }: SenderEdge): DeliverySender {
  let closed = false
  /** Hooks with a send in progress, and whether more deliveries have arrived for them. */
  const sending = new Map<string, { again: boolean }>()

  async function deliver(row: DeliveryRow, hook: HookRow): Promise<void> {
    const pinned = await pinTarget(hook.url, allowPrivate, resolve)
    const result = pinned.ok
      ? await sendEvent(pinned.target, signEvent(hook.secret, row.id, Math.floor(now() / 1000), row.body), row.body)
      : { status: null, error: pinned.why }
    const ok = result.status !== null && result.status >= 200 && result.status < 300
    const wait = RETRY_AFTER[row.attempt]
    const over = ok || wait === undefined || result.status === 410
    await db
      .updateTable('delivery')
      .set({ ...result, attempt: row.attempt + 1, at: now(), next_at: over ? null : now() + (wait ?? 0) })
      .where('id', '=', row.id)
      .execute()
    // The receiver answered 410 Gone: nothing more is sent to it (Standard Webhooks).
    if (result.status === 410) await db.updateTable('webhook').set({ active: 0 }).where('id', '=', hook.id).execute()
    onSent(ok)
  }

  /** Whether the whole team may read the subject of a delivery; checked when sending, because it may have waited. */
  async function isForAll({ body }: DeliveryRow): Promise<boolean> {
    const { data } = JSON.parse(body) as { data: { incidentId: string } }
    return (await log.readersOfScope(incidentScope(data.incidentId))) === 'everyone'
  }

  async function tryOne(row: DeliveryRow): Promise<number> {
    const claimed = await db
      .updateTable('delivery')
      .set({ next_at: now() + SENDING_MS })
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

  const dueOf = (hookId: string) =>
    db
      .selectFrom('delivery')
      .selectAll()
      .where('hook_id', '=', hookId)
      .where('next_at', 'is not', null)
      .where('next_at', '<=', now())
      .orderBy('next_at')
      .orderBy('id')
      .limit(SEND_BATCH)
      .execute()

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
        const due = await dueOf(hookId)
        for (const one of await Promise.all(due.map(tryOne))) tried += one
        if (due.length === 0 && !lane.again) break
      }
      return tried
    } finally {
      sending.delete(hookId)
    }
  }

  return {
    async send() {
      const due = await db
        .selectFrom('delivery')
        .select('hook_id')
        .distinct()
        .where('next_at', 'is not', null)
        .where('next_at', '<=', now())
        .execute()
      const tried = await Promise.all(due.map(({ hook_id: hookId }) => sendTo(hookId)))
      return tried.reduce((sum, one) => sum + one, 0)
    },
    close() {
      closed = true
    },
  }
}
