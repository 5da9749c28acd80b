import { hostname } from 'node:os'
import { join } from 'node:path'
import { claimServing, type ServingClaim } from '#hub/database/claim-serving.ts'
import { fingerprintOf, ownCertificate, type Certificate } from '#hub/http/certificate.ts'
import { serveHub, type HubServer } from '#hub/http/serve-hub.ts'
import type { FileHub } from '#hub/open-hub.ts'
import { createTeamHub, type TeamHub } from '#hub/team-hub.ts'
import type { Replica } from '#replica/open-replica.ts'
import { clearBootstrapSnapshots } from '#replica/link/fetch-bootstrap-snapshot.ts'
import { socketWire } from '#replica/link/socket-wire.ts'
import { isUntouched } from '#replica/store/install-bootstrap.ts'
import { replicaForm } from '#replica/store/replica-form.ts'
import type { SyncClient } from '#replica/sync/sync-client.ts'
import { connectHub } from '#contract/connect-hub.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HubLink } from '#contract/hub-link.ts'
import type { Membership, PresenceView } from '#contract/team-api.ts'
import { unlockStandaloneHub } from '../standalone-hub/unlock-standalone-hub.ts'
import { createReplicaMaker } from '../standalone-hub/replica-maker.ts'
import type { DeviceKeys } from './device-keys.ts'
import { createArrival, type Arrival, type Arrived } from './bootstrap-progress.ts'
import { readHosted, readJoined, type HostedTeam, type JoinedTeam } from './joined-team.ts'
import { localAddresses } from './local-addresses.ts'

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: unknown) => void

export type ConnectionOptions = {
  dataFolder: string
  version: string
  /** Opens the session token of this device. */
  keys: DeviceKeys
  /** Entry file of the thread that makes bootstrap snapshots. */
  bootstrapWorker: URL
  now(): number
  log: Log
  /** Called with the progress of a new device's bootstrap. */
  onArrival(): void
  /** A bootstrap snapshot is complete: close this connection, install it, and open another connection. */
  onArrived(arrived: Arrived): void
  /** The bootstrap snapshot could not be used: sync from the log and its snapshots instead. */
  withoutArrival?: boolean
  /** Called when the list of present members has changed. */
  onPresence(): void
  onFault(error: unknown): void
}

/** Listens on every address of this machine; without IPv6, on those of IPv4. */
async function serveEverywhere(team: TeamHub, port: number, certificate: Certificate, log: Log): Promise<HubServer> {
  const options = { port, certificate, behindProxy: false, log }
  try {
    return await serveHub(team, { ...options, host: '::' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL'))
      return serveHub(team, { ...options, host: '0.0.0.0' })
    throw error
  }
}

/** The default name of this device in a team. */
export const thisDevice = () => hostname().slice(0, 80) || 'stormroom'

/**
 * Connects this workspace's replica to its hub: the one on this machine, which may also serve others, or one elsewhere. Opening
 * takes time, so requests meanwhile wait for it.
 */
export function createConnection(replica: Replica, hub: FileHub | null, options: ConnectionOptions) {
  let team: TeamHub | null = null
  let link: HubLink | null = null
  let sync: SyncClient | null = null
  let served: { server: HubServer; claim: ServingClaim; port: number; addresses: string[]; fingerprint: string } | null = null
  let present: readonly PresenceView[] = []
  let closed = false
  let stopped = false
  let arrival: Arrival | null = null
  let withoutArrival = options.withoutArrival ?? false
  let opening: Promise<void> = Promise.resolve()

  async function openTeam(): Promise<TeamHub | null> {
    if (!hub || team) return team
    await unlockStandaloneHub(hub, options.dataFolder)
    team = await createTeamHub({
      hub,
      dataFolder: options.dataFolder,
      evidenceFolder: join(options.dataFolder, 'evidence'),
      version: options.version,
      log: options.log,
      now: options.now,
      replicaMaker: createReplicaMaker(options.bootstrapWorker, options.version),
    })
    return team
  }

  /** @returns whether this connection is over, because another replica replaces this one */
  async function arrive(joined: JoinedTeam): Promise<boolean> {
    const folder = join(options.dataFolder, 'incoming')
    if (withoutArrival || !isUntouched(replica.db)) {
      clearBootstrapSnapshots(folder, null)
      return false
    }
    arrival = createArrival({
      team: joined,
      form: replicaForm(options.version),
      folder,
      random: Math.random,
      now: options.now,
      onView: options.onArrival,
      log: options.log,
    })
    const arrived = await arrival.fetch()
    arrival = null
    if (closed || stopped) return true
    withoutArrival = true
    // In a later turn, since closing this connection waits for its opening.
    if (arrived) setImmediate(() => options.onArrived(arrived))
    return arrived !== null
  }

  let saidWithoutKey = false
  function sayWithoutKey(why: 'lost' | 'kept-by-app'): void {
    if (saidWithoutKey) return
    saidWithoutKey = true
    if (why === 'lost') options.log('warn', "The key to this device's session at the hub is gone: somebody has to sign in again")
    else options.log('warn', 'The session at the hub is kept by the desktop app: what is written here is sent when the app runs')
  }

  async function open(): Promise<void> {
    const memberId = replica.store.meta.read('memberId')
    const joined = readJoined(replica.store.meta)
    if (memberId === null || link || closed) return
    const opened = joined && options.keys.open(joined.token)
    if (opened && opened.kind !== 'open') return sayWithoutKey(opened.kind)
    const elsewhere = joined && opened && { ...joined, token: opened.token }
    if (elsewhere && (await arrive(elsewhere))) return
    if (elsewhere) link = connectHub(socketWire(elsewhere, elsewhere.token, options.version))
    else link = (await openTeam())?.connect(memberId, thisDevice()) ?? null
    if (!link || closed) return
    link.onPresence((others) => {
      present = others
      options.onPresence()
    })
    sync = replica.connect(link)
    const hosted = readHosted(replica.store.meta)
    if (hosted) {
      const again = await serve(hosted)
      if (!again.ok) options.log('error', 'The team could not be served again', again.failure)
    }
    await sync.wake()
  }

  /** Serves the hub of this machine to others on the network. */
  async function serve({ port, teamName }: HostedTeam): Promise<Result<null>> {
    const own = await openTeam()
    if (!own || !hub) return fail('already-in-a-team')
    if (served) return done(null)
    const claim = claimServing(hub.db.name)
    if (!claim) return fail('already-served')
    try {
      const certificate = await ownCertificate(options.dataFolder)
      const server = await serveEverywhere(own, port, certificate, options.log)
      const addresses = [...localAddresses(), '127.0.0.1'].map((address) => `https://${address}:${server.port}`)
      const fingerprint = fingerprintOf(certificate.cert)
      served = { server, claim, port: server.port, addresses, fingerprint }
      await own.setTeamName(teamName)
      own.setServed({ addresses, fingerprint })
      return done(null)
    } catch (error) {
      claim.release()
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'EADDRINUSE' || code === 'EACCES') return fail('port-not-free', { port })
      throw error
    }
  }

  async function stopServing(): Promise<void> {
    const was = served
    served = null
    team?.setServed({ addresses: [], fingerprint: null })
    await was?.server.close()
    was?.claim.release()
  }

  return {
    get sync() {
      return sync
    },
    get link() {
      return link
    },
    get team() {
      return team
    },
    get present() {
      return present
    },
    arriving: () => arrival?.view() ?? null,
    /** Stops fetching a bootstrap snapshot; it resumes at the next start. */
    stopArriving: () => {
      stopped = true
      arrival?.stop()
    },
    /** Connects to the hub if there is a member; resolves after the first round. */
    connect(): Promise<void> {
      // An attempt that began before there was a member did nothing, so each call tries again.
      opening = opening.then(open).catch(options.onFault)
      return opening
    },
    serve,
    stopServing,
    membership(): Membership {
      const joined = readJoined(replica.store.meta)
      if (joined)
        return {
          kind: 'joined',
          address: joined.url,
          teamName: joined.teamName,
          fingerprint: joined.pinned?.fingerprint ?? null,
          login: joined.login,
        }
      if (served) return { kind: 'hosting', port: served.port, addresses: served.addresses, fingerprint: served.fingerprint }
      return { kind: 'alone' }
    },
    /** Ends serving and syncing; the databases are closed by their opener, except the hub's, which the team closes. */
    async close(): Promise<void> {
      closed = true
      arrival?.stop()
      await opening
      await stopServing()
      await sync?.close()
      link?.close()
      sync = null
      if (team) await team.close()
      else await hub?.close()
    },
  }
}

export type Connection = ReturnType<typeof createConnection>
