import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { isLoopbackHost, isSafeHubAddress } from '#contract/hub-address.ts'
import { holdsPassword, serversOf } from './database/postgres-address.ts'
import { oidcSettingsOf, type OidcSettingsTrouble } from './oidc/oidc-settings.ts'

const Flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0', 'yes', 'no']).transform((text) => ['true', '1', 'yes'].includes(text)),
])

function serversFit({ value, issues }: z.core.ParsePayload<string>): void {
  try {
    serversOf(value)
  } catch (error) {
    issues.push({ code: 'custom', input: value, message: error instanceof Error ? error.message : '' })
  }
}

/** Several values: a list, or separated by commas in the environment. */
const splitList = z.union([z.array(z.string()), z.string().transform((text) => text.split(',').map((one) => one.trim()))])

/** The origin of a page, safe to write into a policy: https, or http of this machine. */
const Origin = z.string().check(({ value, issues }) => {
  const [, scheme, host = ''] = /^(https?):\/\/([\w.-]+)(?::\d{1,5})?$/u.exec(value) ?? []
  if (scheme === 'https' || (scheme === 'http' && isLoopbackHost(host))) return
  issues.push({ code: 'custom', input: value, message: `${value}: an origin is https://host or https://host:port, without a path` })
})

/** The configuration of a standalone hub. The same names as flags, in the environment (`STORMROOM_HUB_…`), and in a JSON file. */
export const HubConfig = z.strictObject({
  data: z.string().min(1),
  /** Defaults to all addresses of the machine; without TLS, to loopback only. */
  host: z.string().min(1).optional(),
  port: z.coerce.number().int().min(0).max(65_535).default(7420),
  /**
   * `postgres://…`, with several hosts when there are standbys; without it, data is stored in the data folder. A password is
   * allowed only in the environment or the file.
   */
  database: z.string().check(serversFit).optional(),
  name: z.string().trim().min(1).max(80).optional(),
  /** PEM files; without them the hub makes its own certificate, whose fingerprint is part of the invites. */
  'tls-cert': z.string().optional(),
  'tls-key': z.string().optional(),
  /** Plain HTTP, for a TLS proxy on the same machine. */
  'no-tls': Flag.default(false),
  'behind-proxy': Flag.default(false),
  /** Addresses for invites, instead of this machine's network addresses. */
  address: splitList
    .pipe(
      z
        .array(z.url({ protocol: /^https?$/ }).max(300))
        .min(1)
        .max(10),
    )
    .optional(),
  /** Origins of the desks that may show the agents' console in a frame; without any, none may. */
  'embed-origins': splitList.pipe(z.array(Origin.max(300)).min(1).max(50)).optional(),
  /** The file of the key that seals the hub's signing key in the database; for the default see `hubKeyFile`. */
  'key-file': z.string().min(1).optional(),
  /** Allows webhooks in private networks, and over plain HTTP. */
  'private-webhooks': Flag.default(false),
  /** A file with the token for reading metrics from other machines; without it only this machine may read them. */
  'metrics-token-file': z.string().min(1).optional(),
  /** The provider of the company's accounts: issuer and client, as registered there. */
  'oidc-issuer': z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  'oidc-client-id': z.string().min(1).max(200).optional(),
  /** Only in the environment or the file: flags are visible in the process list. */
  'oidc-client-secret': z.string().min(1).max(500).optional(),
  /** The display name of these accounts. */
  'oidc-name': z.string().trim().min(1).max(40).optional(),
  /** Disables sign-in by password. */
  'oidc-only': Flag.default(false),
  /** Where browsers reach this hub; defaults to the first of `address`. */
  'oidc-address': z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  'log-level': z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})
export type HubConfig = z.infer<typeof HubConfig>

/** Why an address or the listening host would send passwords over a network unencrypted; null when none would. */
function findUnsafe(config: HubConfig): { name: string; detail: string } | null {
  const unsafe = config.address?.find((address) => !isSafeHubAddress(address, !config['no-tls']))
  if (unsafe !== undefined)
    return {
      name: 'address',
      detail: config['no-tls']
        ? `${unsafe}: only https reaches other machines safely`
        : `${unsafe}: this hub speaks TLS, so its addresses begin with https`,
    }
  const exposed =
    config['no-tls'] && config.host !== undefined && !isLoopbackHost(config.host) && !config['behind-proxy'] && config.address === undefined
  return exposed
    ? {
        name: 'host',
        detail: `${config.host ?? ''}: without TLS a hub listens on this machine alone, unless it stands behind a proxy that does TLS (behind-proxy, address)`,
      }
    : null
}

/** The default name of a hub's key file. */
export const HUB_KEY_FILE = 'hub.key'

/**
 * The path of a hub's key file: as configured, else beside the configuration if it exists there, else in the data folder. It is
 * created only at the configured path or in the data folder, which persists across containers.
 */
export const hubKeyFile = (config: HubConfig): string => resolve(config['key-file'] ?? join(config.data, HUB_KEY_FILE))

function keyBeside(path: string | undefined): { 'key-file'?: string } {
  const file = path === undefined ? null : join(dirname(path), HUB_KEY_FILE)
  return file !== null && existsSync(file) ? { 'key-file': file } : {}
}

const PREFIX = 'STORMROOM_HUB_'

function fromEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  const names = Object.keys(HubConfig.shape)
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[PREFIX + name.toUpperCase().replaceAll('-', '_')]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}

/** Why a configuration is invalid. */
export type ConfigTrouble =
  | { kind: 'file'; path: string; detail: string }
  /** A secret was given as a flag: flags are visible in the process list to everyone on the machine. */
  | { kind: 'secret-in-flag'; name: string }
  | { kind: 'value'; name: string; detail: string }
  | { kind: 'oidc'; trouble: OidcSettingsTrouble }

/**
 * Builds a configuration: flags override the environment, which overrides the file.
 * @param flags the given flags, without absent ones; `config` names the file
 * @param folder the default data folder
 */
export async function readHubConfig(
  flags: Record<string, unknown>,
  env: Record<string, string | undefined>,
  folder: string,
): Promise<{ ok: true; config: HubConfig } | { ok: false; trouble: ConfigTrouble }> {
  if (typeof flags['database'] === 'string' && holdsPassword(flags['database']))
    return { ok: false, trouble: { kind: 'secret-in-flag', name: 'database' } }
  const path = typeof flags['config'] === 'string' ? flags['config'] : env[`${PREFIX}CONFIG`]
  let file: unknown = {}
  if (path !== undefined) {
    try {
      file = JSON.parse(await readFile(path, 'utf8'))
    } catch (error) {
      return { ok: false, trouble: { kind: 'file', path, detail: error instanceof Error ? error.message : '' } }
    }
  }
  const { config: _config, ...given } = flags
  const parsed = HubConfig.safeParse({
    data: folder,
    ...keyBeside(path),
    ...(typeof file === 'object' && file !== null ? file : {}),
    ...fromEnvironment(env),
    ...given,
  })
  if (parsed.success) {
    if ((parsed.data['tls-cert'] === undefined) !== (parsed.data['tls-key'] === undefined))
      return { ok: false, trouble: { kind: 'value', name: parsed.data['tls-cert'] === undefined ? 'tls-cert' : 'tls-key', detail: '' } }
    const unsafe = findUnsafe(parsed.data)
    if (unsafe) return { ok: false, trouble: { kind: 'value', ...unsafe } }
    const oidc = oidcSettingsOf(parsed.data)
    return oidc.ok ? { ok: true, config: parsed.data } : { ok: false, trouble: { kind: 'oidc', trouble: oidc.trouble } }
  }
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys')
    return { ok: false, trouble: { kind: 'value', name: issue.keys.join(', '), detail: issue.message } }
  return { ok: false, trouble: { kind: 'value', name: issue?.path.join('.') ?? '', detail: issue?.message ?? '' } }
}
