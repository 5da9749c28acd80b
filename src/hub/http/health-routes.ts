import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sameSecret } from '../accounts/secrets.ts'
import type { CertificateTrouble } from './check-certificate.ts'
import type { TeamHub as Hub } from '../team-hub.ts'

/** How long an answer about the hub's health stands, milliseconds: asking costs a write. */
const SOUND_MS = 1000

export type FiguresAccess = { behindProxy: boolean; metricsToken?: string | null; certificateTrouble?: () => CertificateTrouble | null }

/** This machine, as an address of a socket: a header cannot say it. */
const isLoopback = (address: string | undefined) => address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address)

/**
 * Who reads the figures: with a token whoever shows it, without one this machine alone. Behind a proxy every visitor seems to
 * come from this machine, so that there nobody does without a token.
 */
function mayReadFigures(request: FastifyRequest, { behindProxy, metricsToken }: FiguresAccess): boolean {
  if (typeof metricsToken !== 'string') return !behindProxy && isLoopback(request.socket.remoteAddress)
  const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return given !== undefined && sameSecret(given, metricsToken)
}

/** For whoever looks after the hub: whether it can do its work, for everybody, and its figures, for few. No personal data in either. */
export async function healthRoutes(app: FastifyInstance, hub: Hub, access: FiguresAccess): Promise<void> {
  let looked: { at: number; sound: Promise<boolean> } | null = null
  app.get('/healthz', async (_request, reply) => {
    if (looked === null || Math.abs(hub.now() - looked.at) > SOUND_MS) looked = { at: hub.now(), sound: hub.isSound() }
    const sound = await looked.sound
    const certificate = access.certificateTrouble?.() ?? null
    // Some rows that cannot be read do not keep it from serving the rest, but somebody should look.
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
    // With a token there is something to say; without one nothing is here.
    if (typeof access.metricsToken !== 'string') return reply.callNotFound()
    return reply.code(401).header('www-authenticate', 'Bearer').send()
  })
  await Promise.resolve()
}
