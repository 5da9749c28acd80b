import { accessSync, constants } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { describePrivacy, makePrivateFolder } from '#storage/private-files.ts'
import type { DatabaseTrouble } from '#storage/open-database.ts'
import { claimServing, type ServingClaim } from './database/claim-serving.ts'
import type { PostgresTrouble } from './database/postgres-database.ts'
import { fingerprintOf, ownCertificate, type Certificate } from './http/certificate.ts'
import { keepCertificate, type CertificateKeeper } from './http/certificate-keeper.ts'
import { serveHub, type HubServer } from './http/serve-hub.ts'
import { hubKeyFile, type HubConfig } from './hub-config.ts'
import { isLoopback, oidcSettingsOf } from './oidc/oidc-settings.ts'
import { openHub, type Hub } from './open-hub.ts'
import { openPostgresHub } from './open-postgres-hub.ts'
import type { HubKeyTrouble } from './signing/hub-signing.ts'
import type { ReplicaMaker } from './snapshots/replica-maker.ts'
import { createTeamHub, type TeamHub } from './team-hub.ts'

export const HUB_DATABASE = 'hub.db'

const EVERYWHERE = '0.0.0.0'

export type HubTrouble =
  | { kind: 'database'; trouble: DatabaseTrouble | PostgresTrouble }
  /** Another process serves from the same file. */
  | { kind: 'already-served'; file: string }
  | { kind: 'data-folder'; folder: string; detail: string }
  | { kind: 'certificate'; path: string; detail: string }
  /** The metrics token file cannot be read, or its token is too short. */
  | { kind: 'metrics-token'; path: string; detail: string }
  /** The key file is missing, or is not the one that sealed the signing key in the database. */
  | { kind: 'hub-key'; trouble: HubKeyTrouble }
  | { kind: 'port'; port: number; detail: string }
  /** The listening address is not one of this machine. */
  | { kind: 'host'; host: string; detail: string }

export type RunningHub = {
  team: TeamHub
  server: HubServer
  addresses: string[]
  fingerprint: string | null
  /** Reloads files that were renewed: the certificate. */ reload(): Promise<void>
  close(): Promise<void>
}

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void

type Opened<Value> = { ok: true; value: Value } | { ok: false; trouble: HubTrouble }

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function openDatabase(config: HubConfig, now: () => number, log: Log): Promise<Opened<Hub>> {
  if (config.database !== undefined) {
    const opened = await openPostgresHub(
      { url: config.database, onConnectionLost: (error) => log('warn', 'A connection to the database was lost', { error: error.message }) },
      now,
      true,
    )
    return opened.ok ? { ok: true, value: opened.hub } : { ok: false, trouble: { kind: 'database', trouble: opened.trouble } }
  }
  const opened = openHub(join(config.data, HUB_DATABASE), true, now)
  return opened.ok ? { ok: true, value: opened.hub } : { ok: false, trouble: { kind: 'database', trouble: opened.trouble } }
}

/** Reads a certificate and its key. @throws when one is invalid or they do not match */
async function readCertificate(certPath: string, keyPath: string, onFile: (path: string) => void = () => {}): Promise<Certificate> {
  onFile(certPath)
  const cert = await readFile(certPath, 'utf8')
  onFile(keyPath)
  const key = await readFile(keyPath, 'utf8')
  createSecureContext({ cert, key })
  return { cert, key }
}

async function chooseCertificate(config: HubConfig): Promise<Opened<{ certificate: Certificate | null; pinned: boolean }>> {
  if (config['no-tls']) return { ok: true, value: { certificate: null, pinned: false } }
  const { 'tls-cert': certPath, 'tls-key': keyPath } = config
  let path = config.data
  try {
    if (certPath === undefined || keyPath === undefined)
      return { ok: true, value: { certificate: await ownCertificate(config.data), pinned: true } }
    const certificate = await readCertificate(certPath, keyPath, (file) => {
      path = file
    })
    return { ok: true, value: { certificate, pinned: false } }
  } catch (error) {
    return { ok: false, trouble: { kind: 'certificate', path, detail: messageOf(error) } }
  }
}

/** Minimum length of the metrics token; guessing one of this length is infeasible. */
const METRICS_TOKEN_LENGTH = 24

async function readMetricsToken(path: string | undefined): Promise<Opened<string | null>> {
  if (path === undefined) return { ok: true, value: null }
  try {
    const token = (await readFile(path, 'utf8')).trim()
    if (token.length >= METRICS_TOKEN_LENGTH && /^[\w.~+/-]+=*$/.test(token)) return { ok: true, value: token }
    return { ok: false, trouble: { kind: 'metrics-token', path, detail: `${METRICS_TOKEN_LENGTH}+ [A-Za-z0-9._~+/-]` } }
  } catch (error) {
    return { ok: false, trouble: { kind: 'metrics-token', path, detail: messageOf(error) } }
  }
}

/** Aborts a start in progress. */
class CannotServe extends Error {
  readonly trouble: HubTrouble
  constructor(trouble: HubTrouble) {
    super(trouble.kind)
    this.trouble = trouble
  }
}

/** The trouble found while starting, or for a system error of listening; null for any other error. */
function listenTrouble(error: unknown, host: string, port: number): HubTrouble | null {
  if (error instanceof CannotServe) return error.trouble
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE' || code === 'EACCES') return { kind: 'port', port, detail: messageOf(error) }
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAFNOSUPPORT'
    ? { kind: 'host', host, detail: messageOf(error) }
    : null
}

function makeFolder(folder: string, log: Log): HubTrouble | null {
  try {
    const privacy = makePrivateFolder(folder)
    if (privacy.kind !== 'private') log('warn', describePrivacy(folder, privacy))
    accessSync(folder, constants.W_OK)
    return null
  } catch (error) {
    return { kind: 'data-folder', folder, detail: messageOf(error) }
  }
}

export type HubEdge = {
  version: string
  log: Log
  now(): number
  /** The addresses of this machine that others can reach when it listens at `host`, without protocol and port. */
  addressesAt(host: string): readonly string[]
  /** Makes bootstrap snapshots; without it, new devices begin from the log and its snapshots. */
  replicaMaker?: ReplicaMaker
  /** Folder of the built pages; without it, the hub serves none. */
  webFolder?: string
}

/** Unlocks a hub's signing key with its key file; null on success. */
export async function unlockHub(hub: Hub, config: HubConfig): Promise<HubTrouble | null> {
  const trouble = await hub.signing.unlock(hubKeyFile(config))
  return trouble && { kind: 'hub-key', trouble }
}

/**
 * Runs a standalone hub: database, team, server. The data folder belongs to this process alone with either database: snapshots,
 * running uploads and the certificate are known to one process only.
 * @returns the running hub, or what is wrong; nothing is left open then
 */
export async function runHub(
  config: HubConfig,
  edge: HubEdge,
): Promise<{ ok: true; running: RunningHub } | { ok: false; trouble: HubTrouble }> {
  const folderTrouble = makeFolder(config.data, edge.log)
  if (folderTrouble) return { ok: false, trouble: folderTrouble }
  const claim = claimServing(join(config.data, HUB_DATABASE))
  if (!claim)
    return {
      ok: false,
      trouble: { kind: 'already-served', file: config.database === undefined ? join(config.data, HUB_DATABASE) : config.data },
    }
  const ran = await runClaimed(config, edge, claim).catch((error: unknown) => {
    claim.release()
    throw error
  })
  if (!ran.ok) claim.release()
  return ran
}

async function runClaimed(config: HubConfig, edge: HubEdge, claim: ServingClaim): ReturnType<typeof runHub> {
  const chosen = await chooseCertificate(config)
  if (!chosen.ok) return chosen
  const { certificate, pinned } = chosen.value
  const token = await readMetricsToken(config['metrics-token-file'])
  if (!token.ok) return token
  const opened = await openDatabase(config, edge.now, edge.log)
  if (!opened.ok) return opened
  const hub = opened.value
  const { clock } = hub.database
  // Nodes have different clocks; time limits must be the same at all of them.
  const now = clock ? () => clock.at(edge.now()) : edge.now
  let close = () => hub.close()
  const host = config.host ?? (certificate ? EVERYWHERE : '127.0.0.1')
  try {
    const keyTrouble = await unlockHub(hub, config)
    if (keyTrouble) throw new CannotServe(keyTrouble)
    if (config.database === undefined && dirname(hubKeyFile(config)) === resolve(config.data))
      edge.log('info', 'The key file lies in the data folder, with the database: move it apart, and name it by --key-file', {
        file: hubKeyFile(config),
      })
    // Already read and checked with the rest of the configuration.
    const oidc = oidcSettingsOf(config)
    const settings = oidc.ok ? oidc.settings : null
    if (settings && pinned && !isLoopback(new URL(settings.address)))
      edge.log(
        'warn',
        "Browsers will warn of the certificate when they come back from the provider of company accounts: it is this hub's own",
      )
    const team = await createTeamHub({
      hub,
      dataFolder: config.data,
      evidenceFolder: join(config.data, 'evidence'),
      version: edge.version,
      log: edge.log,
      now,
      offset: (at) => -new Date(at).getTimezoneOffset(),
      watchOthers: true,
      allowPrivateWebhooks: config['private-webhooks'],
      oidc: settings,
      ...(edge.replicaMaker ? { replicaMaker: edge.replicaMaker } : {}),
    })
    close = () => team.close()
    if (config.name !== undefined) await team.setTeamName(config.name)
    let keeper: CertificateKeeper | null = null
    const server = await serveHub(team, {
      host,
      port: config.port,
      certificate,
      behindProxy: config['behind-proxy'],
      ...(edge.webFolder === undefined ? {} : { webFolder: edge.webFolder }),
      embedOrigins: config['embed-origins'] ?? [],
      metricsToken: token.value,
      certificateTrouble: () => keeper?.trouble() ?? null,
      log: edge.log,
    })
    const protocol = certificate ? 'https' : 'http'
    const addresses = config.address ?? edge.addressesAt(host).map((one) => `${protocol}://${one}:${server.port}`)
    const fingerprint = certificate && pinned ? fingerprintOf(certificate.cert) : null
    team.setServed({ addresses, fingerprint })
    const { 'tls-cert': certPath, 'tls-key': keyPath } = config
    // Detected addresses are local network addresses; a certificate is issued for the configured names in invites, so only those
    // are checked.
    if (certificate)
      keeper = keepCertificate({
        certificate,
        read: async () => (certPath === undefined || keyPath === undefined ? certificate : readCertificate(certPath, keyPath)),
        serve: server.setCertificate,
        addresses: pinned ? [] : (config.address ?? []),
        now: edge.now,
        log: edge.log,
      })
    return {
      ok: true,
      running: {
        team,
        server,
        addresses,
        fingerprint,
        reload: async () => keeper?.look(),
        async close() {
          keeper?.close()
          await server.close()
          await team.close()
          claim.release()
        },
      },
    }
  } catch (error) {
    await close()
    const trouble = listenTrouble(error, host, config.port)
    if (trouble) return { ok: false, trouble }
    throw error
  }
}
