import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits for the token, the session and the key alike. */
const KEY_BYTES = 32
/** Maximum number of cookies of earlier starts; the oldest beyond are expired, so that headers stay short. */
const KEPT_COOKIES = 8
const COOKIE_PREFIX = 'stormroom-'

/**
 * Access to the browser edition: a one-time token is exchanged for a cookie that is valid until the server ends.
 */
export type LaunchToken = {
  /** For the printed address. */
  token: string
  /** The Set-Cookie values and the page key for the first use of the token; null if it is wrong or used. */
  exchange(token: string, cookieHeader: string | undefined): { cookies: string[]; key: string } | null
  /** Whether a Cookie header carries this server's session. */
  admits(cookieHeader: string | undefined): boolean
  /**
   * Whether a page has the key from its address. Browsers send a cookie to every port of this machine, so another user's server may
   * learn it; the key is stored per origin, which includes the port.
   */
  admitsPage(key: unknown): boolean
}

function sameSecret(given: string, known: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(known))
}

function readCookies(header: string | undefined): [name: string, value: string][] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as [string, string]]
  })
}

/**
 * Makes a new launch token.
 * @param port part of the cookie's name, because browsers share cookies between ports of one host
 */
export function createLaunchToken(port: () => number, random: (bytes: number) => Buffer = randomBytes): LaunchToken {
  const token = random(KEY_BYTES).toString('base64url')
  const session = random(KEY_BYTES).toString('base64url')
  const key = random(KEY_BYTES).toString('base64url')
  const cookieName = () => `${COOKIE_PREFIX}${port()}`
  let spent = false
  return {
    token,
    exchange(given, cookieHeader) {
      if (!sameSecret(given, token) || spent) return null
      spent = true
      const others = readCookies(cookieHeader)
        .map(([name]) => name)
        .filter((name) => /^stormroom-\d+$/.test(name) && name !== cookieName())
      // Browsers list older cookies first (RFC 6265, section 5.4).
      const stale = others.slice(0, Math.max(0, others.length - KEPT_COOKIES))
      const cookies = [
        `${cookieName()}=${session}; Path=/; HttpOnly; SameSite=Strict`,
        ...stale.map((name) => `${name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`),
      ]
      return { cookies, key }
    },
    admits: (cookieHeader) => readCookies(cookieHeader).some(([name, value]) => name === cookieName() && sameSecret(value, session)),
    admitsPage: (given) => typeof given === 'string' && sameSecret(given, key),
  }
}
