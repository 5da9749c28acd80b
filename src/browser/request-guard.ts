import type { IncomingMessage } from 'node:http'
import type { LaunchToken } from './launch-token.ts'

/** Why a request is turned away. Closed list. */
export type Refusal = 'not-loopback' | 'wrong-host' | 'wrong-origin' | 'foreign-page' | 'method' | 'path' | 'no-session'

export const REFUSAL_STATUS: Record<Refusal, number> = {
  'not-loopback': 403,
  'wrong-host': 421,
  'wrong-origin': 403,
  'foreign-page': 403,
  method: 405,
  path: 400,
  'no-session': 401,
}

const LOOPBACK = new Set(['127.0.0.1', '::ffff:127.0.0.1'])
/** Nothing we serve needs any of these in its path; all of them are ways to leave a folder. */
const PATH_TRICKS = /^(?!\/(?!\/))|\\|\.\.|%(?:2e|2f|5c|00|25)|[\u0000-\u001f]/iu

/** The names by which a page may have reached us; any other Host is another site's name pointed at this machine (DNS rebinding). */
export function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/**
 * Whether the request speaks to this server, from this machine, by its own name. Holds for everything, with session or without.
 */
export function checkAddress(request: IncomingMessage, port: number): Refusal | null {
  if (!LOOPBACK.has(request.socket.localAddress ?? '') || !LOOPBACK.has(request.socket.remoteAddress ?? '')) return 'not-loopback'
  if (!ownHosts(port).includes(request.headers.host ?? '')) return 'wrong-host'
  return null
}

/** Whether the page that makes the request is ours: a browser always names the origin of a socket and of everything but GET. */
export function checkOrigin(request: IncomingMessage): Refusal | null {
  return request.headers.origin === `http://${request.headers.host ?? ''}` ? null : 'wrong-origin'
}

/** Checks an HTTP request up to its session. */
export function checkRequest(request: IncomingMessage, port: number): Refusal | null {
  const address = checkAddress(request, port)
  if (address) return address
  if (request.method !== 'GET' && request.method !== 'HEAD') return checkOrigin(request) ?? 'method'
  const from = request.headers['sec-fetch-site']
  // Another port of this machine counts as the same site and so gets our cookie sent along.
  if ((from === 'cross-site' || from === 'same-site') && request.headers['sec-fetch-mode'] !== 'navigate') return 'foreign-page'
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  return PATH_TRICKS.test(path) ? 'path' : null
}

/** Checks the handshake of a socket. */
export function checkHandshake(request: IncomingMessage, port: number, launch: LaunchToken): Refusal | null {
  return checkAddress(request, port) ?? checkOrigin(request) ?? (launch.admits(request.headers.cookie) ? null : 'no-session')
}
