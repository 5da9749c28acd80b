import type { FastifyInstance } from 'fastify'
import type { TeamHub as Hub } from '../team-hub.ts'

/** For whoever looks after the hub: whether it can do its work, and its figures. No personal data in either. */
export async function healthRoutes(app: FastifyInstance, hub: Hub): Promise<void> {
  app.get('/healthz', async (_request, reply) => {
    const sound = await hub.isSound()
    return reply.code(sound ? 200 : 503).send({ ok: sound })
  })
  app.get('/metrics', async (_request, reply) => reply.type(hub.metrics.contentType).send(await hub.metrics.text()))
  await Promise.resolve()
}
