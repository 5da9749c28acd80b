import { once } from 'node:events'
import type { StandaloneHub } from '#workspace/standalone-hub/open-standalone-hub.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import type { Command } from 'commander'
import { createHubLogger } from './hub-logger.ts'
import { hubConfigOf, type HubOptions } from './hub-options.ts'
import { configFailure, hubFailure } from './hub-trouble.ts'
import { localTime } from './local-time.ts'
import { collect, oneOf, wholeNumber } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import type { Session } from './session.ts'
import { addHubAdmin } from './hub-admin.ts'

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const

function describeHub(hub: StandaloneHub, { words: { t } }: Session): string[] {
  const { addresses, fingerprint } = hub
  return [
    t('hub.ready', { port: hub.server.port }),
    ...addresses.map((address) => t('hub.reached', { address })),
    ...(fingerprint === null ? [] : [t('hub.fingerprint', { fingerprint })]),
    ...(hub.team.oidc ? [t('hub.oidc', { address: hub.team.oidc.callback })] : []),
    ...(hub.firstInvite ? ['', t('hub.first', { until: localTime(hub.firstInvite.expiresAt) }), '', `  ${hub.firstInvite.code}`, ''] : []),
  ]
}

async function announce(session: Session, hub: StandaloneHub, options: HubOptions): Promise<void> {
  const { addresses, fingerprint } = hub
  const document = { ok: true, pid: process.pid, port: hub.server.port, addresses, fingerprint, invite: hub.firstInvite?.code ?? null }
  await session.terminal.answer(options.json ? `${JSON.stringify(document)}\n` : `${describeHub(hub, session).join('\n')}\n`)
}

/** Serves a team until interrupted. */
async function runHub(session: Session, options: HubOptions): Promise<Outcome> {
  const read = await hubConfigOf(session, options)
  if (!read.ok) return configFailure(read.trouble)
  const { openStandaloneHub } = await import('#workspace/standalone-hub/open-standalone-hub.ts')
  const log = createHubLogger(read.config['log-level'], { write: session.terminal.say })
  const opened = await openStandaloneHub(read.config, {
    version: session.version,
    bootstrapWorker: workerUrls(session.entryUrl).bootstrap,
    webFolder: workerUrls(session.entryUrl).web,
    now: Date.now,
    log,
  })
  if (!opened.ok) return hubFailure(opened.trouble)
  const { hub } = opened
  try {
    log('info', 'The hub serves', {
      version: session.version,
      port: hub.server.port,
      engine: hub.team.about().engine,
      tls: hub.addresses.some((address) => address.startsWith('https:')),
    })
    session.hangup.reload = () => void hub.reload()
    await announce(session, hub, options)
    if (!session.interrupted.aborted) await once(session.interrupted, 'abort')
    log('info', 'The hub stops')
  } finally {
    session.hangup.reload = null
    await hub.close()
  }
  log('info', 'The hub has stopped')
  return { ok: true, document: null, lines: [] }
}

/** `stormroom hub`: runs the team's hub without an app. */
export function addHub(program: Command, session: Session): Command {
  const { t } = session.words
  const hub = program
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
    .option('--embed-origins <origin>', t('hub.embed-origins'), collect)
    .option('--metrics-token-file <file>', t('hub.metrics-token-file'))
    .option('--oidc-issuer <url>', t('hub.oidc-issuer'))
    .option('--oidc-client-id <id>', t('hub.oidc-client-id'))
    .option('--oidc-name <name>', t('hub.oidc-name'))
    .option('--oidc-only', t('hub.oidc-only'))
    .option('--oidc-address <url>', t('hub.oidc-address'))
    .option('--address <url>', t('hub.address'), collect)
    .option('--config <file>', t('hub.config'))
    .option('--log-level <level>', t('hub.log-level', { levels: LOG_LEVELS.join(', ') }), oneOf(LOG_LEVELS))
    .action((options: HubOptions) => session.run(options.json === true, () => runHub(session, options)))
  addHubAdmin(hub, session)
  return hub
}
