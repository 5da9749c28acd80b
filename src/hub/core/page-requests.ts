import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Whether a request that changes something comes from a page of this hub. Browsers say where a request comes from; one that says
 * nothing is refused.
 */
export function isOwnPage(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin } = request.headers
  return origin !== undefined && origin === `${request.protocol}://${request.host}`
}

/** The value of a cookie of a request. */
export function cookieOf(request: FastifyRequest, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}

/**
 * Sets a cookie that scripts cannot read and other sites cannot send.
 * @param seconds how long the browser keeps it; 0 deletes it
 */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: { name: string; value: string; path: string; seconds: number },
): void {
  const { name, value, path, seconds } = cookie
  const secure = request.protocol === 'https' ? '; Secure' : ''
  void reply.header('set-cookie', `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`)
}
