import type { IdempotencyKeys } from './api/idempotency-keys.ts'
import { settleOldUses } from './evidence/settle-old-uses.ts'
import type { HubCore } from './core/hub-core.ts'
import type { HubFeature } from './core/hub-feature.ts'
import { settleLentReaders } from './log/settle-lent-readers.ts'
import type { OidcAuth } from './oidc/oidc-auth.ts'
import type { HubLinks } from './open-hub-links.ts'
import { LOOK_FOR_DUE_MS, type Timers } from './timers/timers.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** Interval between checks for deliveries to retry, milliseconds. */
const DELIVER_MS = 5000
/** Interval between checks whether a new bootstrap snapshot is needed, milliseconds. */
const AHEAD_LOOK_MS = 30_000

/** The parts of single features, beside what all share. */
export type FeatureParts = Pick<HubLinks, 'evidence' | 'takeInFolder' | 'snapshots' | 'bootstrapSnapshots'> & {
  oidc: OidcAuth | null
  idempotencyKeys: IdempotencyKeys
  /** Whether the hub is served to other devices. */
  isServed(): boolean
  timers: Timers
  webhooks: Webhooks
  /** Takes new events from the log and sends them to webhooks. */
  deliver(): Promise<void>
}

/** The features of a hub, in the order in which they migrate data and are closed. */
export function listFeatures({ hub, accounts, access, keepAside, report }: HubCore, parts: FeatureParts): HubFeature[] {
  const { oidc, evidence, snapshots, bootstrapSnapshots, timers, webhooks } = parts
  const endOfThoseOut = async () => accounts.endOfThoseOut(await accounts.membersWithAccess())
  const takeInFolder = async () => {
    const files = await parts.takeInFolder()
    if (files > 0) report('info', 'Evidence of the data folder was taken into the database; the files stay where they are', { files })
  }
  return [
    { name: 'restricted readers', settle: () => settleLentReaders(hub.database.kysely) },
    { name: 'evidence', settle: () => settleOldUses(hub.database), begin: takeInFolder, sweep: () => evidence.sweep() },
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
        await accounts.finishJoinings(keepAside)
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
