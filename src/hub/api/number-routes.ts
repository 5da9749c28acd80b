import { z } from 'zod'
import type { CommandEdge, CommandRead } from '#domain/commands/command.ts'
import { Uuid } from '#domain/log/ids.ts'
import { maskPoints } from '#domain/privacy/mask-points.ts'
import { POINTS_PER_CHUNK, SeriesMetric, SeriesPoint, SeriesReading } from '#domain/series/series.ts'
import { enterNumbers, seriesNamed } from '#domain/commands/series-commands.ts'
import { fail } from '#contract/failures.ts'
import {
  IdempotencyHeaders,
  IncidentParams,
  PROBLEMS,
  sendWritten,
  shown,
  Unreadable,
  writeOnce,
  type ApiApp,
  type ApiParts,
} from './api-parts.ts'
import { sendProblem } from './problem.ts'
import { runCommand } from './run-command.ts'
import { Written } from './write-ops.ts'

const Series = z.object({ id: Uuid, name: z.string(), unit: z.string(), metric: SeriesMetric, reading: SeriesReading })
const Point = z.object({ at: z.int(), value: z.number() })

const PointsBody = z.strictObject({
  series: z
    .strictObject({
      name: z.string().trim().min(1).max(80),
      unit: z.string().trim().max(20).default(''),
      metric: SeriesMetric.default('other'),
      reading: SeriesReading.default('increments'),
    })
    .describe('found by its name; made with the rest when there is none of that name yet'),
  points: z
    .array(z.strictObject({ at: z.int(), value: z.number() }))
    .min(1)
    .max(POINTS_PER_CHUNK),
})

/** Routes for numbers: list the series of an incident, read the points of one, add points to one by its name. */
export function numberRoutes(app: ApiApp, parts: ApiParts): void {
  const { hub, read, ownerOf } = parts
  app.get(
    '/incidents/:incidentId/series',
    {
      config: { tokenScope: 'numbers:read' },
      schema: {
        operationId: 'listSeries',
        tags: ['numbers'],
        params: IncidentParams,
        response: { 200: z.object({ series: z.array(Series), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId } = request.params
      if (!(await read.incident(ownerOf(request).memberId, incidentId))) return sendProblem(reply, fail('not-found').failure)
      const { found, unreadable: missing } = await read.series(incidentId)
      const { shown: series, unreadable } = shown(
        Series,
        found,
        ({ id, state: { name, unit, metric, reading } }) => ({ id: id as Uuid, name, unit, metric, reading }),
        missing,
      )
      return { series, unreadable }
    },
  )
  app.get(
    '/incidents/:incidentId/series/:seriesId/points',
    {
      config: { tokenScope: 'numbers:read' },
      schema: {
        operationId: 'listPoints',
        tags: ['numbers'],
        params: IncidentParams.extend({ seriesId: Uuid }),
        response: { 200: z.object({ points: z.array(Point), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId, seriesId } = request.params
      if (
        !(await read.incident(ownerOf(request).memberId, incidentId)) ||
        !(await read.series(incidentId)).found.some(({ id }) => id === seriesId)
      )
        return sendProblem(reply, fail('not-found').failure)
      const { points: found, unreadable: missing } = await read.points(incidentId, seriesId)
      const { shown: points, unreadable } = shown(Point, found, ([at, value]) => ({ at, value }), missing)
      return { points: maskPoints(points.map(({ at, value }) => [at, value] as const)).map(([at, value]) => ({ at, value })), unreadable }
    },
  )
  app.post(
    '/incidents/:incidentId/points',
    {
      config: { tokenScope: 'numbers:write' },
      schema: {
        operationId: 'addPoints',
        tags: ['numbers'],
        headers: IdempotencyHeaders,
        params: IncidentParams,
        body: PointsBody,
        response: { 201: z.object({ seriesId: Uuid, record: Written }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { incidentId } = request.params
      const { memberId } = ownerOf(request)
      const answer = await writeOnce(parts, request, async (ids) => {
        const { series, points } = request.body
        const chosen = z.array(SeriesPoint).safeParse(points.map(({ at, value }) => [at, value]))
        if (!chosen.success) return fail('bad-input', { detail: 'points.at' })
        let seriesId = ids('series')
        const enter = (seen: CommandRead, edge: CommandEdge) => {
          const known = seriesNamed(seen, incidentId, series.name)
          const into = known ? { seriesId: known.id } : { seriesId: ids('series'), make: series }
          seriesId = into.seriesId as Uuid
          return enterNumbers(seen, { incidentId, pointsId: ids('points'), into, points: chosen.data }, edge)
        }
        // A series without its points is not what was asked for.
        const written = await runCommand(hub, memberId, ids, enter, 'all')
        return written.ok ? { ok: true, value: { seriesId, record: written.value } } : written
      })
      return sendWritten(reply, answer)
    },
  )
}
