import type { IncomingMessage } from 'node:http'
import type { LaunchToken } from './launch-token.ts'

/** Why a request is refused. Closed list. */
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
/** Path elements that can leave a folder; no path that we serve needs them. */
const PATH_TRICKS = /^(?!\/(?!\/))|\\|\.\.|%(?:2e|2f|5c|00|25)|[\u0000-\u001f]/iu

/** The host names of this server; any other Host is another site's name that points at this machine (DNS rebinding). */
export function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/**
 * Whether the request comes from this machine and names this server's host. Applies to every request, with or without a session.
 */
export function checkAddress(request: IncomingMessage, port: number): Refusal | null {
  if (!LOOPBACK.has(request.socket.localAddress ?? '') || !LOOPBACK.has(request.socket.remoteAddress ?? '')) return 'not-loopback'
  if (!ownHosts(port).includes(request.headers.host ?? '')) return 'wrong-host'
  return null
}

/** Whether the requesting page is ours: browsers always send the origin for a socket and for everything but GET. */
export function checkOrigin(request: IncomingMessage): Refusal | null {
  return request.headers.origin === `http://${request.headers.host ?? ''}` ? null : 'wrong-origin'
}

/** Checks an HTTP request, except for its session. */
export function checkRequest(request: IncomingMessage, port: number): Refusal | null {
  const address = checkAddress(request, port)
  if (address) return address
  if (request.method !== 'GET' && request.method !== 'HEAD') return checkOrigin(request) ?? 'method'
  const from = request.headers['sec-fetch-site']
  // Another port of this machine counts as the same site, so browsers send our cookie with its requests.
  if ((from === 'cross-site' || from === 'same-site') && request.headers['sec-fetch-mode'] !== 'navigate') return 'foreign-page'
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  return PATH_TRICKS.test(path) ? 'path' : null
}

/** Checks the handshake of a socket. */
export function checkHandshake(request: IncomingMessage, port: number, launch: LaunchToken): Refusal | null {
  return checkAddress(request, port) ?? checkOrigin(request) ?? (launch.admits(request.headers.cookie) ? null : 'no-session')
}
