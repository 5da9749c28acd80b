import { HOUR } from '#domain/durations.ts'
import type { ClientAuth, Configuration, CustomFetchOptions } from 'openid-client'
import { CALLBACK_PATH, isLoopback, type OidcSettings } from './oidc-settings.ts'

/** The discovery document is read again after this time: keys and addresses change. */
const KNOWN_MS = HOUR
const ANSWER_SECONDS = 10

/** A provider's answers are a few kilobytes; an endless one must not exhaust the memory. */
const ANSWER_BYTES = 1024 * 1024

/** Fetches with a limit on the response size. @throws a RangeError when the answer is longer */
async function fetchBounded(url: string, options: CustomFetchOptions): Promise<Response> {
  const response = await fetch(url, options as RequestInit)
  if (!response.body) return response
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += piece.byteLength
    if (size > ANSWER_BYTES) throw new RangeError('The answer of the provider is too long')
    pieces.push(piece)
  }
  const { status, statusText, headers } = response
  return new Response(size === 0 ? null : Buffer.concat(pieces), { status, statusText, headers })
}

/** The values that the answer to one sign-in is checked against. */
export type Checks = { state: string; nonce: string; verifier: string }

export type ProviderTrouble =
  /** It does not answer, or the answer is invalid. */
  | 'down'
  /** It refuses: the person cancelled, or may not use this client. */
  | 'declined'
  /** The answer does not match the request. */
  | 'mismatch'

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void

/** What is logged of an error: kind and code, never its message, which can contain tokens. */
function kindOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return {}
  const { code, error: said } = error as { code?: unknown; error?: unknown }
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : undefined
  return { kind: error.name, code: typeof code === 'string' ? code : cause, said: typeof said === 'string' ? said.slice(0, 60) : undefined }
}

export type Provider = {
  /** New secrets for one sign-in, and the URL for the browser; null while the provider is unavailable. */
  begin(): Promise<{ url: string; checks: Checks } | null>
  /**
   * Verifies the answer that a browser brought back.
   * @param query the query string of the callback, unchanged
   * @returns the identity at the provider: issuer and subject, which never change (section 5.7), separated by a space
   */
  finish(query: string, checks: Checks): Promise<{ ok: true; subject: string } | { ok: false; trouble: ProviderTrouble }>
}

/**
 * The provider client: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, section 3.1; RFC 7636). The
 * provider is contacted when first needed, so that a hub starts while its provider is unavailable. ID token signatures are
 * verified.
 */
export function createProvider(settings: OidcSettings, now: () => number, log: Log): Provider {
  // Loaded on demand: most hubs have no provider.
  const library = () => import('openid-client')
  let known: { configuration: Configuration; at: number } | null = null
  let asking: Promise<Configuration | null> | null = null

  /** Client authentication: the secret in the method that the provider supports, by default Basic (Discovery 1.0, section 3). */
  async function proof(): Promise<ClientAuth> {
    const { ClientSecretBasic, ClientSecretPost, None } = await library()
    if (settings.clientSecret === null) return None()
    const [basic, post] = [ClientSecretBasic(settings.clientSecret), ClientSecretPost(settings.clientSecret)]
    return (server, ...rest) =>
      ((server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']).includes('client_secret_basic') ? basic : post)(
        server,
        ...rest,
      )
  }

  /** Whether a URL from the provider is safe for browsers: over TLS, or to this machine. */
  function isWebAddress(text: string | undefined): boolean {
    const url = URL.parse(text ?? '')
    return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))
  }

  async function discover(): Promise<Configuration | null> {
    const { allowInsecureRequests, customFetch, discovery, enableNonRepudiationChecks } = await library()
    const issuer = new URL(settings.issuer)
    // Marked deprecated only as a warning; on this machine, plain HTTP crosses no network.
    const plain = issuer.protocol === 'http:' && isLoopback(issuer) ? [allowInsecureRequests] : []
    try {
      const found = await discovery(issuer, settings.clientId, {}, await proof(), {
        timeout: ANSWER_SECONDS,
        execute: [...plain, enableNonRepudiationChecks],
        [customFetch]: fetchBounded,
      })
      if (!isWebAddress(found.serverMetadata().authorization_endpoint)) {
        log('warn', 'The provider of company accounts names no address for browsers')
        return known?.configuration ?? null
      }
      known = { configuration: found, at: now() }
      return found
    } catch (error) {
      log('warn', 'The provider of company accounts does not answer', kindOf(error))
      return known?.configuration ?? null
    }
  }

  /**
   * The same provider without its cached keys: after a key change the library would refuse valid sign-ins for a minute, and each
   * attempt uses up a ticket.
   */
  async function withFreshKeys(kept: Configuration): Promise<Configuration> {
    const client = await library()
    const fresh = new client.Configuration(kept.serverMetadata(), settings.clientId, {}, await proof())
    fresh.timeout = ANSWER_SECONDS
    fresh[client.customFetch] = fetchBounded
    if (new URL(settings.issuer).protocol === 'http:') client.allowInsecureRequests(fresh)
    client.enableNonRepudiationChecks(fresh)
    return fresh
  }

  async function configuration(): Promise<Configuration | null> {
    if (known && now() - known.at < KNOWN_MS) return known.configuration
    asking ??= discover().finally(() => {
      asking = null
    })
    return asking
  }

  return {
    async begin(): Promise<{ url: string; checks: Checks } | null> {
      const found = await configuration()
      if (!found) return null
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } = await library()
      const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(found, {
        redirect_uri: settings.address + CALLBACK_PATH,
        // No profile or e-mail: only the subject is used.
        scope: 'openid',
        response_type: 'code',
        code_challenge: await calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        state: checks.state,
        nonce: checks.nonce,
      })
      return { url: url.href, checks }
    },

    async finish(query: string, checks: Checks): Promise<{ ok: true; subject: string } | { ok: false; trouble: ProviderTrouble }> {
      const kept = await configuration()
      if (!kept) return { ok: false, trouble: 'down' }
      const found = await withFreshKeys(kept)
      const { authorizationCodeGrant, AuthorizationResponseError, ClientError, ResponseBodyError } = await library()
      try {
        const current = new URL(settings.address + CALLBACK_PATH)
        current.search = query
        const tokens = await authorizationCodeGrant(found, current, {
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          pkceCodeVerifier: checks.verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        return claims ? { ok: true, subject: `${claims.iss} ${claims.sub}` } : { ok: false, trouble: 'mismatch' }
      } catch (error) {
        log('warn', 'A sign-in by a company account was not taken', kindOf(error))
        if (error instanceof AuthorizationResponseError)
          return { ok: false, trouble: /^(server_error|temporarily_unavailable)$/.test(error.error) ? 'down' : 'declined' }
        const answered =
          error instanceof ResponseBodyError ||
          (error instanceof ClientError && error.code !== 'OAUTH_TIMEOUT' && error.code !== 'OAUTH_ABORT')
        return { ok: false, trouble: answered ? 'mismatch' : 'down' }
      }
    },
  }
}
