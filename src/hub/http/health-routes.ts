import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sameSecret } from '../accounts/secrets.ts'
import type { CertificateTrouble } from './check-certificate.ts'
import type { ServedHub } from './served-hub.ts'

/** How long a health result is cached, milliseconds: each check costs a write. */
const SOUND_MS = 1000

export type FiguresAccess = { behindProxy: boolean; metricsToken?: string | null; certificateTrouble?: () => CertificateTrouble | null }

/** Whether the socket's address is this machine; headers are not trusted. */
const isLoopback = (address: string | undefined) => address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address)

/**
 * Who may read the metrics: with a configured token, whoever presents it; without one, only this machine. Behind a proxy every
 * request appears to come from this machine, so a token is always required.
 */
function mayReadFigures(request: FastifyRequest, { behindProxy, metricsToken }: FiguresAccess): boolean {
  if (typeof metricsToken !== 'string') return !behindProxy && isLoopback(request.socket.remoteAddress)
  const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return given !== undefined && sameSecret(given, metricsToken)
}

/** Routes for operators: health, for everyone, and metrics, with restricted access. Neither contains personal data. */
export async function healthRoutes(app: FastifyInstance, hub: ServedHub, access: FiguresAccess): Promise<void> {
  let looked: { at: number; sound: Promise<boolean> } | null = null
  app.get('/healthz', async (_request, reply) => {
    if (looked === null || Math.abs(hub.now() - looked.at) > SOUND_MS) looked = { at: hub.now(), sound: hub.isSound() }
    const sound = await looked.sound
    const certificate = access.certificateTrouble?.() ?? null
    // Unreadable rows do not stop the hub from serving the rest, but an operator should check them.
    const setAside = hub.setAsideCount()
    const clockApartSeconds = hub.clockApart()
    return reply.code(sound ? 200 : 503).send({
      ok: sound,
      ...(certificate === null ? {} : { certificate }),
      ...(setAside > 0 ? { setAside } : {}),
      ...(clockApartSeconds === null ? {} : { clockApartSeconds }),
    })
  })
  app.get('/metrics', async (request, reply) => {
    if (mayReadFigures(request, access)) return reply.type(hub.metrics.contentType).send(await hub.metrics.text())
    // With a configured token, answer 401; without one, answer as if the route did not exist.
    if (typeof access.metricsToken !== 'string') return reply.callNotFound()
    return reply.code(401).header('www-authenticate', 'Bearer').send()
  })
  await Promise.resolve()
}
