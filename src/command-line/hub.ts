import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { defaultDataFolder } from '#station/data-folder.ts'
import type { OwnHub } from '#station/own-hub/open-own-hub.ts'
import type { Command } from 'commander'
import { createHubLogger } from './hub-logger.ts'
import { configFailure, hubFailure } from './hub-trouble.ts'
import { localTime } from './local-time.ts'
import { collect, oneOf, wholeNumber } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import type { EveryCommand, Session } from './session.ts'

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const

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
  address?: readonly string[]
  config?: string
  logLevel?: string
}

/** Where a hub keeps its own things unless it is told: beside the app's data, never in it. */
const hubFolder = (env: NodeJS.ProcessEnv) => join(defaultDataFolder(env), 'team-hub')

/** The flags as the configuration names them, absent ones left out. */
function flagsOf(options: HubOptions): Record<string, unknown> {
  const { json: _json, tls, tlsCert, tlsKey, behindProxy, privateWebhooks, logLevel, ...same } = options
  const named = { ...same, 'tls-cert': tlsCert, 'tls-key': tlsKey, 'no-tls': tls ? undefined : true, 'behind-proxy': behindProxy, 'private-webhooks': privateWebhooks, 'log-level': logLevel }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}

/** The configuration of a hub on this machine: flags, environment, file, and a folder where none is named. */
export async function hubConfigOf(session: Session, options: HubOptions) {
  // Only these commands need the hub; the others start the quicker without.
  const { readHubConfig } = await import('#station/own-hub/open-own-hub.ts')
  const read = await readHubConfig(flagsOf(options), session.env, hubFolder(session.env))
  return read.ok ? { ok: true as const, config: { ...read.config, data: resolve(read.config.data) } } : read
}

function describeHub(hub: OwnHub, { words: { t } }: Session): string[] {
  const { addresses, fingerprint } = hub
  return [
    t('hub.ready', { port: hub.server.port }),
    ...addresses.map((address) => t('hub.reached', { address })),
    ...(fingerprint === null ? [] : [t('hub.fingerprint', { fingerprint })]),
    ...(hub.firstInvite ? ['', t('hub.first', { until: localTime(hub.firstInvite.expiresAt) }), '', `  ${hub.firstInvite.code}`, ''] : []),
  ]
}

async function announce(session: Session, hub: OwnHub, options: HubOptions): Promise<void> {
  const { addresses, fingerprint } = hub
  const document = { ok: true, pid: process.pid, port: hub.server.port, addresses, fingerprint, invite: hub.firstInvite?.code ?? null }
  await session.terminal.answer(options.json ? `${JSON.stringify(document)}\n` : `${describeHub(hub, session).join('\n')}\n`)
}

/** Serves a team until it is told to stop. */
async function runHub(session: Session, options: HubOptions): Promise<Outcome> {
  const read = await hubConfigOf(session, options)
  if (!read.ok) return configFailure(read.trouble)
  const { openOwnHub } = await import('#station/own-hub/open-own-hub.ts')
  const log = createHubLogger(read.config['log-level'], { write: session.terminal.say })
  const opened = await openOwnHub(read.config, { version: session.version, now: Date.now, log })
  if (!opened.ok) return hubFailure(opened.trouble)
  const { hub } = opened
  try {
    log('info', 'The hub serves', { version: session.version, port: hub.server.port, engine: hub.team.about().engine, tls: hub.addresses.some((address) => address.startsWith('https:')) })
    await announce(session, hub, options)
    if (!session.interrupted.aborted) await once(session.interrupted, 'abort')
    log('info', 'The hub stops')
  } finally {
    await hub.close()
  }
  log('info', 'The hub has stopped')
  return { ok: true, document: null, lines: [] }
}

/** `stormroom hub`: the team's hub, without an app around it. */
export function addHub(program: Command, session: Session): Command {
  const { t } = session.words
  return program
    .command('hub')
    .description(t('hub.about'))
    .option('--port <number>', t('hub.port'), wholeNumber(0, 65_535))
    .option('--host <address>', t('hub.host'))
    .option('--database <url>', t('hub.database'))
    .option('--name <name>', t('hub.name'))
    .option('--tls-cert <file>', t('hub.tls-cert'))
    .option('--tls-key <file>', t('hub.tls-key'))
    .option('--no-tls', t('hub.no-tls'))
    .option('--behind-proxy', t('hub.behind-proxy'))
    .option('--private-webhooks', t('hub.private-webhooks'))
    .option('--address <url>', t('hub.address'), collect)
    .option('--config <file>', t('hub.config'))
    .option('--log-level <level>', t('hub.log-level', { levels: LOG_LEVELS.join(', ') }), oneOf(LOG_LEVELS))
    .action((options: HubOptions) => session.run(options.json === true, () => runHub(session, options)))
}
