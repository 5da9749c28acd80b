import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The page loads nothing from elsewhere and runs nothing that is written into it; `origins` are those that may show it in a frame. */
const policyFor = (origins: readonly string[]) =>
  [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(' ')}`,
  ].join('; ')
const HASHED_ASSET = /-[\w-]{8,}\.\w+$/u

/**
 * The files of the agents' console.
 * @param webFolder folder of the built pages; without it, or when it was not built, there is no page
 * @param origins the only ones whose pages may show it in a frame
 */
export async function consolePage(app: FastifyInstance, webFolder: string | undefined, origins: readonly string[]): Promise<void> {
  const root = webFolder === undefined ? null : join(webFolder, 'console')
  if (root === null || !existsSync(join(root, 'index.html'))) return
  const policy = policyFor(origins)
  app.addHook('onRequest', async (_request, reply) => {
    // It knows no list of origins; old browsers would obey it instead of the policy.
    if (origins.length > 0) reply.removeHeader('x-frame-options')
    reply.header('content-security-policy', policy)
    reply.header('referrer-policy', 'no-referrer')
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()')
  })
  // Relative, as all addresses of the page: a proxy may serve the hub below a path of its own.
  const name = app.prefix.slice(app.prefix.lastIndexOf('/') + 1)
  app.get('', (_request, reply) => reply.redirect(`${name}/`))
  await app.register(fastifyStatic, {
    root,
    redirect: true,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header('cache-control', HASHED_ASSET.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
}
