import { join, resolve } from 'node:path'
import { defaultDataFolder } from '#station/data-folder.ts'
import type { EveryCommand, Session } from './session.ts'

export type HubOptions = EveryCommand & {
  port?: number
  host?: string
  database?: string
  name?: string
  tls: boolean
  tlsCert?: string
  tlsKey?: string
  behindProxy?: boolean
  privateWebhooks?: boolean
  metricsTokenFile?: string
  address?: readonly string[]
  config?: string
  logLevel?: string
}

/** Where a hub keeps its own things unless it is told: beside the app's data, never in it. */
const hubFolder = (env: NodeJS.ProcessEnv) => join(defaultDataFolder(env), 'team-hub')

/** The flags as the configuration names them, absent ones left out. */
function flagsOf(options: HubOptions): Record<string, unknown> {
  const { json: _json, tls, tlsCert, tlsKey, behindProxy, privateWebhooks, metricsTokenFile, logLevel, ...same } = options
  const named = { ...same, 'tls-cert': tlsCert, 'tls-key': tlsKey, 'no-tls': tls ? undefined : true, 'behind-proxy': behindProxy, 'private-webhooks': privateWebhooks, 'metrics-token-file': metricsTokenFile, 'log-level': logLevel }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}

/** The configuration of a hub on this machine: flags, environment, file, and a folder where none is named. */
export async function hubConfigOf(session: Session, options: HubOptions) {
  // Only these commands need the hub; the others start the quicker without.
  const { readHubConfig } = await import('#station/own-hub/open-own-hub.ts')
  const read = await readHubConfig(flagsOf(options), session.env, hubFolder(session.env))
  return read.ok ? { ok: true as const, config: { ...read.config, data: resolve(read.config.data) } } : read
}
