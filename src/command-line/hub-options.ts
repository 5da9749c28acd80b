import { join, resolve } from 'node:path'
import { defaultDataFolder } from '#workspace/data-folder.ts'
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
  embedOrigins?: readonly string[]
  metricsTokenFile?: string
  oidcIssuer?: string
  oidcClientId?: string
  oidcName?: string
  oidcOnly?: boolean
  oidcAddress?: string
  address?: readonly string[]
  config?: string
  logLevel?: string
}

/** The default folder of a hub: beside the app's data, never in it. */
const hubFolder = (env: NodeJS.ProcessEnv) => join(defaultDataFolder(env), 'team-hub')

/** The flags under their names in the configuration, without absent ones. */
function flagsOf(options: HubOptions): Record<string, unknown> {
  const {
    json: _json,
    tls,
    tlsCert,
    tlsKey,
    behindProxy,
    privateWebhooks,
    embedOrigins,
    metricsTokenFile,
    keyFile,
    logLevel,
    oidcIssuer,
    oidcClientId,
    oidcName,
    oidcOnly,
    oidcAddress,
    ...same
  } = options
  const oidc = {
    'oidc-issuer': oidcIssuer,
    'oidc-client-id': oidcClientId,
    'oidc-name': oidcName,
    'oidc-only': oidcOnly,
    'oidc-address': oidcAddress,
  }
  const named = {
    ...same,
    ...oidc,
    'tls-cert': tlsCert,
    'tls-key': tlsKey,
    'no-tls': tls ? undefined : true,
    'behind-proxy': behindProxy,
    'private-webhooks': privateWebhooks,
    'embed-origins': embedOrigins,
    'metrics-token-file': metricsTokenFile,
    'key-file': keyFile,
    'log-level': logLevel,
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}

/** The configuration of a hub on this machine: flags, environment, file, and a default folder. */
export async function hubConfigOf(session: Session, options: HubOptions) {
  // Loaded here because only these commands need the hub; the others start faster.
  const { readHubConfig } = await import('#workspace/standalone-hub/open-standalone-hub.ts')
  const read = await readHubConfig(flagsOf(options), session.env, hubFolder(session.env))
  return read.ok ? { ok: true as const, config: { ...read.config, data: resolve(read.config.data) } } : read
}
