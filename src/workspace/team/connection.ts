import { hostname } from 'node:os'
import { join } from 'node:path'
import type { FileHub } from '#hub/open-hub.ts'
import type { TeamHub } from '#hub/team-hub.ts'
import type { Replica } from '#replica/open-replica.ts'
import { clearBootstrapSnapshots } from '#replica/link/fetch-bootstrap-snapshot.ts'
import { socketWire } from '#replica/link/socket-wire.ts'
import { isUntouched } from '#replica/store/install-bootstrap.ts'
import { replicaForm } from '#replica/store/replica-form.ts'
import type { SyncClient } from '#replica/sync/sync-client.ts'
import { connectHub } from '#contract/connect-hub.ts'
import type { Result } from '#contract/failures.ts'
import type { HubLink } from '#contract/hub-link.ts'
import type { Membership, PresenceView } from '#contract/team-api.ts'
import type { BootstrapProgress } from '#contract/workspace-api.ts'
import type { DeviceKeys } from './device-keys.ts'
import { createArrival, type Arrival, type Arrived } from './bootstrap-progress.ts'
import { createOwnHub } from './own-hub.ts'
import { readHosted, readJoined, type HostedTeam, type JoinedTeam } from './joined-team.ts'

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: unknown) => void

export type ConnectionOptions = {
  dataFolder: string
  version: string
  /** Opens the session token of this device. */
  keys: DeviceKeys
  /** Entry file of the thread that makes bootstrap snapshots. */
  bootstrapWorker: URL
  /** The built pages that a hub serves. */
  webFolder: URL
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

/** The default name of this device in a team. */
export const thisDevice = () => hostname().slice(0, 80) || 'stormroom'

/** The connection of a workspace's replica to its hub. */
export type Connection = {
  /** Null until the link is open. */
  readonly sync: SyncClient | null
  readonly link: HubLink | null
  /** The hub of this machine, null while it is not open or if the team's hub is elsewhere. */
  readonly team: TeamHub | null
  /** The other members who are present. */
  readonly present: readonly PresenceView[]
  /** The progress of a new device's bootstrap, null while there is none. */
  arriving(): BootstrapProgress | null
  /** Stops fetching a bootstrap snapshot; it resumes at the next start. */
  stopArriving(): void
  /** Connects to the hub if there is a member; resolves after the first round. */
  connect(): Promise<void>
  /** Serves the hub of this machine to others on the network. */
  serve(hosted: HostedTeam): Promise<Result<null>>
  stopServing(): Promise<void>
  membership(): Membership
  /** Ends serving and syncing; the databases are closed by their opener, except the hub's, which is closed here. */
  close(): Promise<void>
}

/**
 * Connects this workspace's replica to its hub: the one on this machine, which may also serve others, or one elsewhere. Opening
 * takes time, so requests meanwhile wait for it.
 */
export function createConnection(replica: Replica, hub: FileHub | null, options: ConnectionOptions): Connection {
  const ownHub = createOwnHub(hub, options)
  let link: HubLink | null = null
  let sync: SyncClient | null = null
  let present: readonly PresenceView[] = []
  let closed = false
  let stopped = false
  let arrival: Arrival | null = null
  let withoutArrival = options.withoutArrival ?? false
  let opening: Promise<void> = Promise.resolve()

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
    else link = (await ownHub.open())?.connect(memberId, thisDevice()) ?? null
    if (!link || closed) return
    link.onPresence((others) => {
      present = others
      options.onPresence()
    })
    sync = replica.connect(link)
    const hosted = readHosted(replica.store.meta)
    if (hosted) {
      const again = await ownHub.serve(hosted)
      if (!again.ok) options.log('error', 'The team could not be served again', again.failure)
    }
    await sync.wake()
  }

  return {
    get sync() {
      return sync
    },
    get link() {
      return link
    },
    get team() {
      return ownHub.team
    },
    get present() {
      return present
    },
    arriving: () => arrival?.view() ?? null,
    stopArriving() {
      stopped = true
      arrival?.stop()
    },
    connect() {
      // An attempt that began before there was a member did nothing, so each call tries again.
      opening = opening.then(open).catch(options.onFault)
      return opening
    },
    serve: ownHub.serve,
    stopServing: ownHub.stopServing,
    membership() {
      const joined = readJoined(replica.store.meta)
      if (joined)
        return {
          kind: 'joined',
          address: joined.url,
          teamName: joined.teamName,
          fingerprint: joined.pinned?.fingerprint ?? null,
          login: joined.login,
        }
      const { served } = ownHub
      if (served) return { kind: 'hosting', ...served }
      return { kind: 'alone' }
    },
    async close() {
      closed = true
      arrival?.stop()
      await opening
      await ownHub.stopServing()
      await sync?.close()
      link?.close()
      sync = null
      await ownHub.close()
    },
  }
}
