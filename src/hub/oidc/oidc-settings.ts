/** The settings of the company's provider (OpenID Connect Core 1.0). */
export type OidcSettings = {
  /** Exactly as in the provider's discovery document. */
  issuer: string
  clientId: string
  /** Null for a public client, which authenticates by PKCE alone. */
  clientSecret: string | null
  /** The display name of these accounts, shown on the button. */
  name: string
  /** Disables sign-in by password at this hub. */
  only: boolean
  /** Origin under which browsers reach this hub; part of the redirect URI. */
  address: string
}

/** What can be wrong with the settings beyond the format of each value. */
export type OidcSettingsTrouble =
  /** Other provider settings are given, but not this one. */
  | { why: 'incomplete'; name: string }
  /** Tokens would cross a network unencrypted, or the value is not an issuer. */
  | { why: 'issuer'; name: string }
  | { why: 'address-missing'; name: string }
  | { why: 'address'; name: string }

/** The provider settings in the hub's configuration. */
export type OidcConfig = {
  'oidc-issuer'?: string | undefined
  'oidc-client-id'?: string | undefined
  'oidc-client-secret'?: string | undefined
  'oidc-name'?: string | undefined
  'oidc-only': boolean
  'oidc-address'?: string | undefined
  address?: readonly string[] | undefined
}

/** The path of the redirect URI, which must be registered at the provider. */
export const CALLBACK_PATH = '/auth/oidc/callback'

const DEFAULT_NAME = 'OpenID'

/** Whether an address is on this machine, where plain HTTP crosses no network. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

const isSafe = (url: URL) =>
  url.username === '' && url.password === '' && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))

/** The settings from a configuration; null when it names no provider, or what is wrong. */
export function oidcSettingsOf(
  config: OidcConfig,
): { ok: true; settings: OidcSettings | null } | { ok: false; trouble: OidcSettingsTrouble } {
  const {
    'oidc-issuer': issuer,
    'oidc-client-id': clientId,
    'oidc-client-secret': clientSecret,
    'oidc-name': name,
    'oidc-only': only,
    'oidc-address': own,
    address: addresses,
  } = config
  if (issuer === undefined && clientId === undefined && clientSecret === undefined && name === undefined && own === undefined && !only)
    return { ok: true, settings: null }
  if (issuer === undefined) return { ok: false, trouble: { why: 'incomplete', name: 'oidc-issuer' } }
  if (clientId === undefined) return { ok: false, trouble: { why: 'incomplete', name: 'oidc-client-id' } }
  const at = new URL(issuer)
  if (!isSafe(at) || at.search !== '' || at.hash !== '') return { ok: false, trouble: { why: 'issuer', name: 'oidc-issuer' } }
  const address = own ?? addresses?.[0]
  if (address === undefined) return { ok: false, trouble: { why: 'address-missing', name: 'oidc-address' } }
  if (!isSafe(new URL(address))) return { ok: false, trouble: { why: 'address', name: own === undefined ? 'address' : 'oidc-address' } }
  return {
    ok: true,
    settings: { issuer, clientId, clientSecret: clientSecret ?? null, name: name ?? DEFAULT_NAME, only, address: new URL(address).origin },
  }
}
