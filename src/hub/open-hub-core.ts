import { randomBytes, randomUUID } from 'node:crypto'
import { MEMBER } from '#domain/members/member-entity.ts'
import { isNotSaved } from '#storage/disk-failure.ts'
import { done } from '#contract/failures.ts'
import { createAccessLog } from './accounts/access-log.ts'
import type { AccountTables } from './accounts/account-tables.ts'
import { createAccounts } from './accounts/accounts.ts'
import { createPasswords } from './accounts/passwords.ts'
import { createBackgroundWork } from './core/background-work.ts'
import { createCommitNews } from './core/commit-news.ts'
import type { HubCore } from './core/hub-core.ts'
import { createHubMetrics } from './core/hub-metrics.ts'
import { createSubmitting, type Submitting } from './core/submit.ts'
import { isOutage } from './database/database-failure.ts'
import { createMeta, type Meta } from './database/hub-meta.ts'
import { LogFailed } from './log/hub-log.ts'
import { createSetAside, openKeepAside } from './set-aside/set-aside.ts'
import type { SetAsideTables } from './set-aside/set-aside-tables.ts'
import { openHubKey } from './signing/open-hub-key.ts'
import type { TeamHubOptions } from './team-hub-options.ts'
import { openTeamIdentity, type TeamIdentity } from './team/team-identity.ts'
import { settleTeamState } from './verify/team-state.ts'

export type OpenedCore = {
  core: HubCore
  meta: Meta
  identity: TeamIdentity
  recover: Submitting['recover']
  /** The number of unreadable rows that are not served. */
  setAsideCount(): number
}

/** Opens what the features of a hub share, and puts right what the database holds of the team beside the log. */
export async function openHubCore(options: TeamHubOptions): Promise<OpenedCore> {
  const { hub, now, log: report } = options
  const db = hub.database.kysely
  const edge = { now, random: options.random ?? ((bytes: number) => randomBytes(bytes)), uuid: options.uuid ?? randomUUID }
  const meta = createMeta(db)
  const hubId = await meta.ensure('hubId', edge.uuid)
  const { keepAside, count: setAsideCount } = await openKeepAside(createSetAside(db.withTables<SetAsideTables>(), now), report)
  const key = await openHubKey(meta, hub.signing, keepAside)
  if (!(await hub.epochs.settle())) report('error', 'The epoch in the database was not begun by a hub; another one begins')
  const putRight = await settleTeamState(hub.database)
  if (putRight.length > 0)
    report('error', 'Members or rules in the database were not what the log says; they are again', { entities: putRight })
  const metrics = createHubMetrics(options.version)
  const identity = await openTeamIdentity({
    db,
    meta,
    key,
    hubId,
    version: options.version,
    engine: hub.database.engine,
    signInWith: { password: options.oidc?.only !== true, openIdConnect: options.oidc?.name ?? null },
    startedAt: now(),
  })
  const onFault = (error: unknown) => {
    metrics.fault()
    report('error', 'Answering a link failed', { error: error instanceof Error ? error.message : String(error) })
  }
  const commits = createCommitNews()
  const { submit, recover } = createSubmitting(hub.log, commits)
  const readMember: HubCore['readMember'] = async (memberId) => MEMBER.as(await hub.log.readEntity(MEMBER.kind, memberId))?.state ?? null
  const accountDb = db.withTables<AccountTables>()
  const accounts = createAccounts(
    accountDb,
    {
      readMember,
      async join(op, memberId, admission) {
        const [record] = await submit([op], memberId, admission)
        return record?.outcome.kind === 'rejected'
          ? { ok: false, failure: { code: record.outcome.code, params: record.outcome.params } }
          : done(null)
      },
    },
    edge,
    createPasswords(),
    options.oidc ?? null,
  )
  const core: HubCore = {
    hub,
    hubId,
    key,
    accounts,
    access: createAccessLog(accountDb, edge),
    edge,
    now,
    metrics,
    background: createBackgroundWork(onFault),
    report,
    onFault,
    keepAside,
    about: identity.about,
    readMember,
    submit,
    commits,
    isNotSaved: (error) => isNotSaved(error) || isOutage(error) || error instanceof LogFailed,
  }
  return { core, meta, identity, recover, setAsideCount }
}

/** Reports what the log finds wrong from now on, and what it has found so far. */
export function reportTroubles({ hub, metrics, background, report, keepAside }: HubCore): void {
  hub.unreadable.listen((one) => background.run(() => keepAside(one)))
  hub.onUnjudged((detail) => {
    metrics.fault()
    report('error', 'An op could not be judged and was refused', detail)
  })
  hub.onOverQuota(() => metrics.overQuota('refused-texts'))
}
