import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { done, fail } from '#contract/failures.ts'
import { BOOTSTRAP_SNAPSHOT_PATH, BootstrapSnapshotOffer, BootstrapSnapshotQuestion } from '#contract/bootstrap-snapshot.ts'
import type { ServedHub } from './served-hub.ts'

const LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } }

function tokenOf(request: FastifyRequest): string {
  return /^Bearer (\S{20,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

/** The start offset of a range; null for another kind of range, which is answered with the whole file (RFC 9110, 14.2). */
function offsetOf(range: string | undefined): number | null {
  const from = /^bytes=(\d{1,15})-$/.exec(range ?? '')?.[1]
  return from === undefined ? null : Number(from)
}

/** Routes for bootstrap snapshots, authenticated by a device's session: the offer, and the bytes from any offset. */
export async function bootstrapSnapshotRoutes(app: FastifyInstance, hub: ServedHub): Promise<void> {
  app.get(BOOTSTRAP_SNAPSHOT_PATH, { config: LIMIT }, async (request, reply) => {
    const question = BootstrapSnapshotQuestion.safeParse(request.query)
    if (!question.success) return reply.code(400).send(fail('bad-input', { detail: 'form' }))
    const admitted = await hub.admit(tokenOf(request))
    if (!admitted.ok) return reply.code(401).send(fail('locked', { reason: admitted.reason }))
    const { form, having } = question.data
    return reply.send(done((await hub.bootstrapSnapshots?.offer(admitted.owner.memberId, form, having ?? null)) ?? null))
  })

  app.get<{ Params: { id: string } }>(`${BOOTSTRAP_SNAPSHOT_PATH}/:id`, { config: LIMIT }, async (request, reply) => {
    const token = tokenOf(request)
    const admitted = await hub.admit(token)
    if (!admitted.ok) return reply.code(401).send(fail('locked', { reason: admitted.reason }))
    const id = BootstrapSnapshotOffer.shape.id.safeParse(request.params.id)
    const offset = offsetOf(request.headers.range)
    const found =
      id.success &&
      (await hub.bootstrapSnapshots?.read(admitted.owner.memberId, id.data, offset ?? 0, async () => (await hub.admit(token)).ok))
    if (!found) return reply.code(404).send(fail('not-found'))
    const { size, bytes } = found
    if (offset !== null) void reply.code(206).header('content-range', `bytes ${offset}-${size - 1}/${size}`)
    return reply
      .type('application/zstd')
      .header('accept-ranges', 'bytes')
      .header('cache-control', 'no-store')
      .header('content-length', size - (offset ?? 0))
      .send(Readable.from(bytes, { objectMode: false, highWaterMark: 1024 * 1024 }))
  })
  await Promise.resolve()
}
