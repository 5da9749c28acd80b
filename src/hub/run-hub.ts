import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseTrouble } from '#storage/open-database.ts'
import { claimServing, type ServingClaim } from './database/claim-serving.ts'
import type { PostgresTrouble } from './database/postgres-database.ts'
import { fingerprintOf, ownCertificate, type Certificate } from './http/certificate.ts'
import { serveHub, type HubServer } from './http/serve-hub.ts'
import type { HubConfig } from './hub-config.ts'
import { openHub, type Hub } from './open-hub.ts'
import { openPostgresHub } from './open-postgres-hub.ts'
import { createTeamHub, type TeamHub } from './team-hub.ts'

export const HUB_DATABASE = 'hub.db'

export type HubTrouble =
  | { kind: 'database'; trouble: DatabaseTrouble | PostgresTrouble }
  /** Another process serves from the same file. */
  | { kind: 'already-served'; file: string }
  | { kind: 'certificate'; path: string; detail: string }
  | { kind: 'port'; port: number; detail: string }

export type RunningHub = { team: TeamHub; server: HubServer; addresses: string[]; fingerprint: string | null; close(): Promise<void> }

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void

async function openDatabase(config: HubConfig, now: () => number, log: Log): Promise<{ ok: true; hub: Hub; claim: ServingClaim | null } | { ok: false; trouble: HubTrouble }> {
  if (config.database !== undefined) {
    const opened = await openPostgresHub({ url: config.database, onConnectionLost: (error) => log('warn', 'A connection to the database was lost', { error: error.message }) }, now)
    return opened.ok ? { ok: true, hub: opened.hub, claim: null } : { ok: false, trouble: { kind: 'database', trouble: opened.trouble } }
  }
  const file = join(config.data, HUB_DATABASE)
  const claim = claimServing(file)
  if (!claim) return { ok: false, trouble: { kind: 'already-served', file } }
  const opened = openHub(file, true, now)
  if (opened.ok) return { ok: true, hub: opened.hub, claim }
  claim.release()
  return { ok: false, trouble: { kind: 'database', trouble: opened.trouble } }
}

async function chooseCertificate(config: HubConfig, now: number): Promise<{ ok: true; certificate: Certificate | null; pinned: boolean } | { ok: false; trouble: HubTrouble }> {
  if (config['no-tls']) return { ok: true, certificate: null, pinned: false }
  const { 'tls-cert': certPath, 'tls-key': keyPath } = config
  if (certPath === undefined || keyPath === undefined) return { ok: true, certificate: await ownCertificate(config.data, now), pinned: true }
  try {
    return { ok: true, certificate: { cert: await readFile(certPath, 'utf8'), key: await readFile(keyPath, 'utf8') }, pinned: false }
  } catch (error) {
    return { ok: false, trouble: { kind: 'certificate', path: certPath, detail: error instanceof Error ? error.message : '' } }
  }
}

/**
 * Runs a hub of its own: database, team, server.
 * @param addresses of this machine, without protocol and port, for the invites
 */
export async function runHub(config: HubConfig, edge: { version: string; log: Log; now(): number; addresses: readonly string[] }): Promise<{ ok: true; running: RunningHub } | { ok: false; trouble: HubTrouble }> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const chosen = await chooseCertificate(config, edge.now())
  if (!chosen.ok) return chosen
  const opened = await openDatabase(config, edge.now, edge.log)
  if (!opened.ok) return opened
  const team = await createTeamHub({ hub: opened.hub, dataFolder: config.data, evidenceFolder: join(config.data, 'evidence'), version: edge.version, log: edge.log, now: edge.now, watchOthers: true })
  if (config.name !== undefined) await team.setTeamName(config.name)
  let server: HubServer
  try {
    server = await serveHub(team, { host: config.host, port: config.port, certificate: chosen.certificate, behindProxy: config['behind-proxy'], log: edge.log })
  } catch (error) {
    await team.close()
    opened.claim?.release()
    return { ok: false, trouble: { kind: 'port', port: config.port, detail: error instanceof Error ? error.message : '' } }
  }
  const protocol = chosen.certificate ? 'https' : 'http'
  const addresses = config.address ?? edge.addresses.map((one) => `${protocol}://${one}:${server.port}`)
  const fingerprint = chosen.certificate && chosen.pinned ? fingerprintOf(chosen.certificate.cert) : null
  team.setServed({ addresses, fingerprint })
  return {
    ok: true,
    running: {
      team,
      server,
      addresses,
      fingerprint,
      async close() {
        await server.close()
        await team.close()
        opened.claim?.release()
      },
    },
  }
}
