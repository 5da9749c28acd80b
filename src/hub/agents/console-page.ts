import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The page loads nothing from elsewhere and runs nothing that is written into it. */
const POLICY = ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"].join('; ')
const HASHED_ASSET = /-[\w-]{8,}\.\w+$/u

/**
 * The files of the agents' console.
 * @param webFolder folder of the built pages; without it, or when it was not built, there is no page
 */
export async function consolePage(app: FastifyInstance, webFolder: string | undefined): Promise<void> {
  const root = webFolder === undefined ? null : join(webFolder, 'console')
  if (root === null || !existsSync(join(root, 'index.html'))) return
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', POLICY)
    reply.header('referrer-policy', 'no-referrer')
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()')
  })
  // Relative, as all addresses of the page: a proxy may serve the hub below a path of its own.
  app.get('', (_request, reply) => reply.redirect('console/'))
  await app.register(fastifyStatic, {
    root,
    redirect: true,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header('cache-control', HASHED_ASSET.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
}
