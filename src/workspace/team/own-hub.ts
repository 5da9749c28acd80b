import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { claimServing, type ServingClaim } from '#hub/database/claim-serving.ts'
import { fingerprintOf, ownCertificate, type Certificate } from '#hub/http/certificate.ts'
import { serveHub, type HubServer } from '#hub/http/serve-hub.ts'
import type { FileHub } from '#hub/open-hub.ts'
import { createTeamHub, type TeamHub } from '#hub/team-hub.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { unlockStandaloneHub } from '../standalone-hub/unlock-standalone-hub.ts'
import { createReplicaMaker } from '../standalone-hub/replica-maker.ts'
import type { HostedTeam } from './joined-team.ts'
import { localAddresses } from '../standalone-hub/local-addresses.ts'

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: unknown) => void

export type OwnHubOptions = {
  dataFolder: string
  version: string
  /** Entry file of the thread that makes bootstrap snapshots. */
  bootstrapWorker: URL
  /** The built pages that the hub serves. */
  webFolder: URL
  now(): number
  log: Log
}

/** Where the hub is served, and the fingerprint of its certificate. */
export type Served = { port: number; addresses: string[]; fingerprint: string }

/** The hub of this machine: opened when it is needed, and served to others if the team asks for it. */
export type OwnHub = {
  /** Null while it is not open. */
  readonly team: TeamHub | null
  /** Null while it is not served. */
  readonly served: Served | null
  /** @returns null if the team's hub is elsewhere */
  open(): Promise<TeamHub | null>
  /** Serves it to others on the network. */
  serve(hosted: HostedTeam): Promise<Result<null>>
  stopServing(): Promise<void>
  /** Closes its database too. It must not be served any more. */
  close(): Promise<void>
}

/** Listens on every address of this machine; without IPv6, on those of IPv4. */
async function serveEverywhere(
  team: TeamHub,
  port: number,
  certificate: Certificate,
  { log, webFolder }: OwnHubOptions,
): Promise<HubServer> {
  const options = { port, certificate, behindProxy: false, webFolder: fileURLToPath(webFolder), log }
  try {
    return await serveHub(team, { ...options, host: '::' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL'))
      return serveHub(team, { ...options, host: '0.0.0.0' })
    throw error
  }
}

/** @param hub null if the team's hub is elsewhere */
export function createOwnHub(hub: FileHub | null, options: OwnHubOptions): OwnHub {
  let team: TeamHub | null = null
  let serving: { server: HubServer; claim: ServingClaim; served: Served } | null = null

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
      offset: (at) => -new Date(at).getTimezoneOffset(),
      replicaMaker: createReplicaMaker(options.bootstrapWorker, options.version),
    })
    return team
  }

  async function serve({ port, teamName }: HostedTeam): Promise<Result<null>> {
    const own = await openTeam()
    if (!own || !hub) return fail('already-in-a-team')
    if (serving) return done(null)
    const claim = claimServing(hub.db.name)
    if (!claim) return fail('already-served')
    try {
      const certificate = await ownCertificate(options.dataFolder)
      const server = await serveEverywhere(own, port, certificate, options)
      const addresses = [...localAddresses(), '127.0.0.1'].map((address) => `https://${address}:${server.port}`)
      const fingerprint = fingerprintOf(certificate.cert)
      serving = { server, claim, served: { port: server.port, addresses, fingerprint } }
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
    const was = serving
    serving = null
    team?.setServed({ addresses: [], fingerprint: null })
    await was?.server.close()
    was?.claim.release()
  }

  return {
    get team() {
      return team
    },
    get served() {
      return serving?.served ?? null
    },
    open: openTeam,
    serve,
    stopServing,
    async close() {
      if (team) await team.close()
      else await hub?.close()
    },
  }
}
