import { hash, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { LogRecord } from '#domain/log/record.ts'
import type { Admission } from '#domain/members/admission.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import type { MemberPlace } from '#domain/members/member.ts'
import { isNotSaved } from '#storage/disk-failure.ts'
import { connectHub } from '#contract/connect-hub.ts'
import { done, type Failure, type Result } from '#contract/failures.ts'
import type { HubLink } from '#contract/hub-link.ts'
import type { TeamView } from '#contract/team-api.ts'
import { logRefusedReveals } from './accounts/refused-reveals.ts'
import { createAccessLog } from './accounts/access-log.ts'
import type { AccountTables } from './accounts/account-tables.ts'
import type { TokenTables } from './accounts/token-tables.ts'
import type { ApiTables } from './api/api-tables.ts'
import { createIdempotencyKeys } from './api/idempotency-keys.ts'
import { tokenService } from './api/token-service.ts'
import { createTokens } from './api/tokens.ts'
import { createAccounts } from './accounts/accounts.ts'
import { createPasswords } from './accounts/passwords.ts'
import { openSharedInvite } from './accounts/shared-invite.ts'
import { isOutage } from './database/database-failure.ts'
import { createMeta } from './database/hub-meta.ts'
import { createEvidenceRights } from './evidence/evidence-rights.ts'
import { openEvidence } from './evidence/open-evidence.ts'
import { listFeatures } from './features.ts'
import { startFeatures, type HubFeature } from './core/hub-feature.ts'
import { createHubMetrics } from './core/hub-metrics.ts'
import { watchForGoingBack } from './going-back.ts'
import { LogFailed } from './log/hub-log.ts'
import type { AccessChange } from './log/readers.ts'
import { createLookForOthers } from './nodes/look-for-others.ts'
import { createNodeLife } from './nodes/node-life.ts'
import type { NodeTables } from './nodes/node-tables.ts'
import { ALIVE_MS, createSharedPresence } from './nodes/shared-presence.ts'
import { linkService } from './oidc/link-service.ts'
import { createOidcAuth } from './oidc/oidc-auth.ts'
import type { OidcTables } from './oidc/oidc-tables.ts'
import { createLinks, memoryWire } from './session/links.ts'
import type { LinkCore } from './session/answer-link.ts'
import { createEndedReadings } from './session/ended-readings.ts'
import { createPresence } from './session/presence.ts'
import { openHubKey } from './signing/open-hub-key.ts'
import { createBootstrapSnapshots } from './snapshots/bootstrap-snapshots.ts'
import { createSnapshots } from './snapshots/snapshots.ts'
import { answerBootstrap } from './session/answer-bootstrap.ts'
import { createBackgroundWork } from './core/background-work.ts'
import { admitSession } from './accounts/admit-session.ts'
import { refusalOf } from './accounts/link-owner.ts'
import { leaseHours } from './team/lease-hours.ts'
import { createCallAnswerer } from './team/answer-call.ts'
import { orphanedIncidents } from './team/orphaned-incidents.ts'
import { teamService } from './team/team-service.ts'
import { sealHub } from './verify/seal.ts'
import { settleTeamState } from './verify/team-state.ts'
import type { TeamHubOptions } from './team-hub-options.ts'
import { createTimers } from './timers/timers.ts'
import { createDeliveryRounds } from './webhooks/delivery-rounds.ts'
import { webhookService } from './webhooks/webhook-service.ts'
import { createWebhooks } from './webhooks/webhooks.ts'
import { createSetAside, openKeepAside } from './set-aside/set-aside.ts'
import type { SetAsideTables } from './set-aside/set-aside-tables.ts'
import { UnreadableRow } from './database/unreadable.ts'

const PRESENCE_MS = 500
/** Interval for polling writes of other nodes and processes, milliseconds. */
const LOOK_MS = 1000

/** Everything of a team's hub except its log: accounts, links, evidence, snapshots and metrics. */
export async function createTeamHub(options: TeamHubOptions) {
  const { hub, now, log } = options
  const edge = { now, random: options.random ?? ((bytes: number) => randomBytes(bytes)), uuid: options.uuid ?? randomUUID }
  const meta = createMeta(hub.database.kysely)
  const hubId = await meta.ensure('hubId', edge.uuid)
  const setAside = createSetAside(hub.database.kysely.withTables<SetAsideTables>(), now)
  const { keepAside, count: setAsideCount } = await openKeepAside(setAside, log)
  const key = await openHubKey(meta, hub.signing, keepAside)
  if (!(await hub.epochs.settle())) log('error', 'The epoch in the database was not begun by a hub; another one begins')
  const putRight = await settleTeamState(hub.database)
  if (putRight.length > 0)
    log('error', 'Members or rules in the database were not what the log says; they are again', { entities: putRight })
  const metrics = createHubMetrics(options.version)
  let teamName = (await meta.read('teamName')) ?? ''
  await sealHub(hub.database.kysely, key, hubId, teamName, false)
  const goingBack = await watchForGoingBack(hub, { folder: options.dataFolder, hubId, log })
  let epoch = await hub.epoch()
  let served: Pick<TeamView, 'addresses' | 'fingerprint'> = { addresses: [], fingerprint: null }
  const startedAt = now()

  const readMember = async (memberId: string) => MEMBER.as(await hub.log.readEntity(MEMBER.kind, memberId))?.state ?? null
  const accountDb: Kysely<AccountTables> = hub.database.kysely.withTables<AccountTables>()
  const accounts = createAccounts(
    accountDb,
    {
      readMember,
      async join(op: string, memberId: string, admission: Admission): Promise<Result<null>> {
        const records = await submit([op], memberId, admission)
        const outcome = records[0]?.outcome
        return outcome?.kind === 'rejected'
          ? { ok: false, failure: { code: outcome.code, params: outcome.params } satisfies Failure }
          : done(null)
      },
    },
    edge,
    createPasswords(),
    options.oidc ?? null,
  )
  const access = createAccessLog(accountDb, edge)
  const oidc = options.oidc
    ? createOidcAuth({
        db: hub.database.kysely.withTables<OidcTables>(),
        settings: options.oidc,
        accounts,
        access,
        edge,
        readMember,
        teamName: () => teamName,
        log,
        onOutcome: metrics.companySignIn,
      })
    : null
  const tokens = createTokens(hub.database.kysely.withTables<TokenTables>(), edge)
  const idempotencyKeys = createIdempotencyKeys(hub.database.kysely.withTables<ApiTables>(), now)
  const webhooks = createWebhooks(hub, edge, { allowPrivate: options.allowPrivateWebhooks ?? false, onSent: metrics.delivered })
  const { others } = hub.database
  const { evidence, takeInFolder } = openEvidence(
    hub.database,
    { evidence: options.evidenceFolder, incoming: join(options.dataFolder, 'hub-incoming') },
    now,
  )
  const snapshots = createSnapshots(
    join(options.dataFolder, 'hub-snapshots'),
    { mayRead: hub.log.mayRead, head: hub.log.headOf, walk: hub.log.walkScope, lacks: hub.log.lacks },
    now,
    options.snapshots,
  )
  const background = createBackgroundWork((error) => core.onFault(error))
  /** Whether a member is in standing now. An unreadable row does not change what their node last knew. */
  const stands = async (memberId: string) => {
    try {
      return refusalOf(await readMember(memberId), now()) === null
    } catch (error) {
      if (error instanceof UnreadableRow) return true
      throw error
    }
  }
  const sharedPresence = others
    ? createSharedPresence(hub.database.kysely.withTables<NodeTables>(), hub.instance, {
        now,
        stands,
        onPublished: () => others.tell('presence'),
      })
    : null
  const presence = createPresence(now, (work) => void setTimeout(() => background.run(work), PRESENCE_MS).unref(), sharedPresence)

  const core: LinkCore = {
    hubId,
    get epoch() {
      return epoch
    },
    key,
    log: hub.log,
    evidence,
    evidenceRights: createEvidenceRights(hub.database.kysely, hub.log.mayRead),
    snapshots,
    now,
    leaseHours: () => leaseHours(hub.log),
    ask: (owner, name, input) => ask(owner, name, input),
    onCommitted,
    async wentBack() {
      await goingBack.found(epoch)
      return takeUpEpoch()
    },
    onAnswered: metrics.answered,
    onEnded: () => others?.tell('log'),
    stands: async (sessionId) => (await accounts.sessions.byId(sessionId))?.revoked_at === null,
    onFault: (error) => {
      metrics.fault()
      log('error', 'Answering a link failed', { error: error instanceof Error ? error.message : String(error) })
    },
    isNotSaved: (error) => isNotSaved(error) || isOutage(error) || error instanceof LogFailed,
  }
  const links = createLinks(core, presence, readMember)
  const bootstrapSnapshots = options.replicaMaker
    ? createBootstrapSnapshots(
        {
          folder: join(options.dataFolder, 'hub-bootstrap'),
          maker: options.replicaMaker,
          hubId,
          log: hub.log,
          epoch: () => epoch,
          ask: (name, message) => answerBootstrap(core, name, message),
          now,
          report: log,
        },
        options.bootstrapSnapshots,
      )
    : null

  /** Submits ops that do not come over a link, and announces them to the links. */
  async function submit(ops: readonly string[], memberId: string, admission: Admission, reaches?: string): Promise<LogRecord[]> {
    const {
      records,
      heads,
      access: changed,
    } = await hub.log.submit(ops, { memberId, admission, ...(reaches === undefined ? {} : { reaches }) })
    onCommitted(heads, changed)
    return records
  }

  /** Submits ops about a member for someone with access to the hub's machine, in the member's name and as an owner. */
  async function recover(ops: readonly string[], memberId: string): Promise<LogRecord[]> {
    const { records, heads, access: changed } = await hub.log.submit(ops, { memberId, admission: null, recovers: true })
    onCommitted(heads, changed)
    return records
  }

  /** Makes every device repeat the handshake when a new epoch has begun. */
  async function takeUpEpoch(): Promise<boolean> {
    const before = epoch
    epoch = await hub.epoch()
    if (epoch === before) return false
    // Done before devices ask again, so that later changes are announced.
    await look.startOver()
    links.repeatHandshake()
    return true
  }

  const look = createLookForOthers({ log: hub.log, announce: (heads, changed) => links.announce(heads, changed) })
  function onCommitted(
    heads: Parameters<typeof links.announce>[0],
    changed: readonly AccessChange[],
    records: readonly LogRecord[] = [],
  ): void {
    goingBack.note(heads)
    metrics.recorded(look.note(heads))
    if (heads.length > 0) others?.tell('log')
    for (const change of changed)
      if (change.kind === 'member' && !change.after) background.run(() => accounts.endOfThoseOut([change.memberId]))
    background.run(() => links.announce(heads, changed, records))
    background.run(() => logRefusedReveals(access, records))
  }

  /** Ends the links of sessions that were revoked elsewhere: by a reset code, or at another node. */
  async function endRevokedSessions(): Promise<void> {
    links.endSessions(await accounts.sessions.revokedAmong(links.openSessions()), 'session-revoked')
  }

  /** Announces what others wrote to the same database as if it had come over a link. */
  async function takeUpOthers(): Promise<void> {
    await endRevokedSessions()
    await takeUpEpoch()
    await look.look()
  }

  /** Checks at intervals whether the log went back: other nodes notify many times a second. */
  async function pollExternalWrites(): Promise<void> {
    await goingBack.look()
    await takeUpOthers()
  }

  const node = createNodeLife({
    ...hub.database,
    hear: (topic) => (topic === 'presence' ? presence.lookElsewhere() : background.run(takeUpOthers)),
    beat: async () => (await sharedPresence?.beat()) === true && presence.lookElsewhere(),
    onClockApart: metrics.clockApart,
    log,
  })

  const teamCore = {
    accounts,
    access,
    links: () => links,
    about,
    readMember,
    mayReadIncident: (memberId: string, id: string) => hub.log.mayRead(memberId, `incident:${id}`),
    isService: tokens.isService,
    now,
  }

  function about(): TeamView {
    return {
      hubId,
      name: teamName,
      version: options.version,
      ...served,
      engine: hub.database.engine,
      signInWith: { password: options.oidc?.only !== true, openIdConnect: options.oidc?.name ?? null },
      startedAt,
    }
  }

  const ask = createCallAnswerer((owner) => ({
    ...teamService(teamCore, owner),
    ...linkService({ oidc, accounts, access, endRevokedSessions }, owner),
    ...webhookService({ webhooks, access, readMember }, owner),
    ...tokenService({ tokens, access, readMember, submit, ...edge }, owner),
    ...orphanedIncidents({ db: hub.database.kysely, log: hub.log, access, readMember, submit, now }, owner),
  }))

  const tellEndedReadings = createEndedReadings({ log: hub.log, announce: (ended) => links.announce([], ended), now })

  const deliver = createDeliveryRounds(webhooks, background)
  const timers = createTimers(hub, {
    now,
    sha256: (text) => hash('sha256', text),
    onFired: ({ heads, records }) => onCommitted(heads, [], records),
    onDelay: metrics.timerFired,
  })

  hub.unreadable.listen((one) => background.run(() => keepAside(one)))
  hub.onUnjudged((detail) => {
    metrics.fault()
    log('error', 'An op could not be judged and was refused', detail)
  })
  hub.onOverQuota(() => metrics.overQuota('refused-texts'))
  const features: HubFeature[] = [
    ...listFeatures({
      hub,
      accounts,
      access,
      oidc,
      idempotencyKeys,
      evidence,
      async takeInFolder() {
        const files = await takeInFolder()
        if (files > 0) log('info', 'Evidence of the data folder was taken into the database; the files stay where they are', { files })
      },
      snapshots,
      bootstrapSnapshots,
      isServed: () => served.addresses.length > 0,
      timers,
      webhooks,
      deliver,
      keepAside,
    }),
    {
      name: 'links',
      rounds: [
        { everyMs: LOOK_MS, run: tellEndedReadings },
        ...(options.watchOthers ? [{ everyMs: LOOK_MS, run: pollExternalWrites }] : []),
        ...(others ? [{ everyMs: ALIVE_MS, run: node.beat }] : []),
      ],
    },
  ]
  for (const feature of features) await feature.settle?.()
  await look.look()
  if (others) await node.beat()
  const endFeatures = startFeatures(features, background)

  return {
    accounts,
    access,
    /** Sign-in by company accounts; null when there is no provider. */
    oidc,
    links,
    evidence,
    metrics: { ...metrics, text: () => metrics.text(links.count(), setAsideCount()) },
    /** The number of unreadable rows that are not served. */
    setAsideCount,
    about,
    hub,
    tokens,
    idempotencyKeys,
    webhooks,
    bootstrapSnapshots,
    readMember,
    submit,
    recover,
    now,
    isNotSaved: core.isNotSaved,

    /** The owner of a session secret for a link, or why it is refused. */
    admit: (token: string) => admitSession(accounts, readMember, token, now()),

    /** How far this machine's clock is behind the database's, seconds; null when the difference is small. */
    clockApart: node.clockApart,

    /**
     * Whether the database answers and takes writes, and the log can reach it. After a disk failure, the log accepts nothing until
     * the hub is restarted.
     */
    async isSound(): Promise<boolean> {
      if (hub.log.hasFailed() || hub.log.isHeldUp()) return false
      try {
        await meta.write('lastSound', String(now()))
        return true
      } catch {
        return false
      }
    },

    async setTeamName(name: string): Promise<void> {
      await meta.write('teamName', name)
      await sealHub(hub.database.kysely, key, hubId, name, true)
      teamName = name
    },

    /** An invite shared by all nodes of this hub, see {@link openSharedInvite}; null for a single process. */
    async sharedInvite(place: MemberPlace, hours: number) {
      if (!others) return null
      return openSharedInvite(hub.database.kysely.withTables<AccountTables>(), edge, (id) => key.secretFor(`invite ${id}`), {
        place: JSON.stringify(place),
        createdBy: hubId,
        hours,
      })
    },

    /** Sets where this hub is reached, for invites. */
    setServed(next: Pick<TeamView, 'addresses' | 'fingerprint'>): void {
      served = next
    },

    /** Begins a new epoch after the database was restored from a backup. */
    async beginEpoch(): Promise<void> {
      await hub.beginEpoch()
      await goingBack.look()
      await takeUpEpoch()
    },

    /** The link of the app that runs this hub, for its own member. */
    connect: (memberId: string, device: string): HubLink =>
      connectHub(memoryWire(links, { memberId, sessionId: null, device, address: 'here' })),

    /** Ends the links of sessions that were revoked elsewhere, at every node. */
    async endRevokedSessions(): Promise<void> {
      others?.tell('log')
      await endRevokedSessions()
    },

    tellEndedReadings,

    /** Fires due timers; also runs automatically every second. */
    fireDue: timers.fireDue,

    /** Checks for writes of other processes to the same database. */
    pollExternalWrites: () => background.run(pollExternalWrites),

    async close(): Promise<void> {
      background.close()
      await endFeatures()
      node.stop()
      await background.settle()
      goingBack.close()
      // If this fails, the other nodes soon consider this one dead.
      await sharedPresence?.leave().catch(() => null)
      await hub.close()
    },
  }
}

export type TeamHub = Awaited<ReturnType<typeof createTeamHub>>
