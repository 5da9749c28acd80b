import type { WebhookView } from '#contract/team-api.ts'
import { DAY } from '#domain/durations.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import { readTexts } from '../database/read-texts.ts'
import type { Hub } from '../log/hub.ts'
import { createDeliverySender, type DeliverySender } from './send-deliveries.ts'
import { writeHookSecret } from './send-event.ts'
import { createEventTaker } from './take-events.ts'
import { pinTarget, resolveHost, type Resolve } from './webhook-address.ts'
import type { DeliveryRow, HookRow, WebhookTables } from './webhook-tables.ts'

const SHOWN = 20
const KEPT_MS = 7 * DAY

/** Outgoing webhooks: events of the log, sent at least once to every hook that asked for them. */
export type Webhooks = DeliverySender & {
  /** Creates deliveries for new records; one call at a time. */
  take(): Promise<void>
  list(): Promise<WebhookView[]>
  /** Why no event could be sent to a URL, or null. */
  refuseUrl(url: string): Promise<string | null>
  add(url: string, events: readonly string[], createdBy: string): Promise<WebhookView & { secret: string }>
  /** @returns false when there is no such hook */
  remove(id: string): Promise<boolean>
  /** Deletes deliveries that were made or given up a week ago. */
  sweep(): Promise<unknown>
}

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

export function createWebhooks(
  hub: Hub,
  edge: HubAccountEdge,
  options: { allowPrivate: boolean; onSent(ok: boolean): void; resolve?: Resolve },
): Webhooks {
  const db = hub.database.kysely.withTables<WebhookTables>()
  const { allowPrivate, onSent, resolve = resolveHost } = options
  const takeEvents = createEventTaker(hub, edge.now)
  let taking: Promise<void> = Promise.resolve()

  const lastDeliveries = (hookId: string) =>
    db.selectFrom('delivery').selectAll().where('hook_id', '=', hookId).orderBy('created_at', 'desc').orderBy('id').limit(SHOWN).execute()

  async function takeAll(): Promise<void> {
    const hooks = await db.selectFrom('webhook').selectAll().where('active', '=', 1).orderBy('id').execute()
    // Without hooks, no deliveries are stored; a new hook gets events from its creation on.
    if (hooks.length > 0) await takeEvents(hooks)
  }

  return {
    ...createDeliverySender({ db, log: hub.log, now: edge.now, allowPrivate, resolve, onSent }),
    take() {
      taking = taking.catch(() => null).then(takeAll)
      return taking
    },
    async list() {
      const rows = await db.selectFrom('webhook').selectAll().orderBy('created_at').orderBy('id').execute()
      return Promise.all(rows.map(async (row) => view(row, await lastDeliveries(row.id))))
    },
    async refuseUrl(url) {
      const pinned = await pinTarget(url, allowPrivate, resolve)
      return pinned.ok ? null : pinned.why
    },
    async add(url, events, createdBy) {
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
      return { ...view(row, []), secret }
    },
    async remove(id) {
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
