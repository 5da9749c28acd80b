import type { AccessLog } from './accounts/access-log.ts'
import type { Accounts } from './accounts/accounts.ts'
import type { IdempotencyKeys } from './api/idempotency-keys.ts'
import { settleOldUses } from './evidence/settle-old-uses.ts'
import type { HubFeature } from './core/hub-feature.ts'
import { settleLentReaders } from './log/settle-lent-readers.ts'
import type { Unreadable } from './database/unreadable.ts'
import type { OidcAuth } from './oidc/oidc-auth.ts'
import type { Hub } from './open-hub.ts'
import type { BootstrapSnapshots } from './snapshots/bootstrap-snapshots.ts'
import type { Snapshots } from './snapshots/snapshots.ts'
import { LOOK_FOR_DUE_MS, type Timers } from './timers/timers.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** Interval between checks for deliveries to retry, milliseconds. */
const DELIVER_MS = 5000
/** Interval between checks whether a new bootstrap snapshot is needed, milliseconds. */
const AHEAD_LOOK_MS = 30_000

/** The parts that the hub's features are built from. */
export type HubParts = {
  hub: Hub
  accounts: Accounts
  access: AccessLog
  oidc: OidcAuth | null
  idempotencyKeys: IdempotencyKeys
  evidence: { sweep(): Promise<unknown> }
  /** Imports evidence of the data folder into the database. */
  takeInFolder(): Promise<unknown>
  snapshots: Snapshots
  bootstrapSnapshots: BootstrapSnapshots | null
  /** Whether the hub is served to other devices. */
  isServed(): boolean
  timers: Timers
  webhooks: Webhooks
  /** Takes new events from the log and sends them to webhooks. */
  deliver(): Promise<void>
  keepAside(one: Unreadable): Promise<void>
}

/** The features of a hub, in the order in which they migrate data and are closed. */
export function listFeatures(parts: HubParts): HubFeature[] {
  const { hub, accounts, access, oidc, evidence, snapshots, bootstrapSnapshots, timers, webhooks } = parts
  const endOfThoseOut = async () => accounts.endOfThoseOut(await accounts.membersWithAccess())
  return [
    { name: 'restricted readers', settle: () => settleLentReaders(hub.database.kysely) },
    { name: 'evidence', settle: () => settleOldUses(hub.database), begin: parts.takeInFolder, sweep: () => evidence.sweep() },
    {
      name: 'timers',
      settle: timers.settle,
      // Timers that became due while no hub ran.
      begin: timers.fireDue,
      rounds: [{ everyMs: LOOK_FOR_DUE_MS, run: timers.fireDue }],
      close: timers.close,
    },
    {
      name: 'accounts',
      async settle() {
        await accounts.finishJoinings(parts.keepAside)
        await endOfThoseOut()
      },
      sweep: endOfThoseOut,
    },
    { name: 'access log', sweep: () => access.sweep() },
    { name: 'company accounts', sweep: async () => oidc?.sweep() },
    { name: 'api', sweep: () => parts.idempotencyKeys.sweep() },
    {
      name: 'webhooks',
      rounds: [{ everyMs: DELIVER_MS, run: parts.deliver }],
      sweep: () => webhooks.sweep(),
      close: () => webhooks.close(),
    },
    { name: 'snapshots', sweep: () => snapshots.sweep() },
    {
      name: 'bootstrap snapshots',
      // A hub that serves no devices needs no second copy of its data.
      rounds: [{ everyMs: AHEAD_LOOK_MS, run: async () => (parts.isServed() ? bootstrapSnapshots?.prebuildBootstrap() : undefined) }],
      sweep: async () => bootstrapSnapshots?.sweep(),
      close: () => bootstrapSnapshots?.close(),
    },
  ]
}
