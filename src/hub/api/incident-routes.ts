import { z } from 'zod'
import { Uuid } from '#domain/log/ids.ts'
import {
  Declaration,
  IncidentMode,
  INCIDENT_STATUSES,
  LiveMode,
  KnownFacts,
  Stage,
  type IncidentState,
} from '#domain/incidents/incident.ts'
import { declareIncident } from '#domain/commands/incident-commands.ts'
import type { Entity } from '#domain/log/entity.ts'
import { CLOCK_IDS } from '#domain/incidents/clocks.ts'
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

const Incident = z.object({
  id: Uuid,
  title: z.string(),
  type: z.string(),
  level: z.int(),
  stage: Stage,
  known: z.string(),
  mode: IncidentMode,
  status: z.enum(INCIDENT_STATUSES),
  declaredAt: z.int(),
  declaredBy: z.string(),
  commander: z.string(),
  restricted: z.boolean().describe('named people alone may read it'),
  clocks: z.array(z.object({ id: z.enum(CLOCK_IDS), dueAt: z.int(), metAt: z.int().nullable(), stopped: z.boolean() })),
})

function incidentOf({ id, state }: Entity<IncidentState>): z.infer<typeof Incident> {
  const { title, type, level, stage, known, mode, status, declaredAt, declaredBy, commander, restrictedTo, clocks } = state
  return {
    id: id as Uuid,
    title,
    type,
    level,
    stage,
    known,
    mode,
    status,
    declaredAt,
    declaredBy,
    commander,
    restricted: restrictedTo !== null,
    clocks: clocks.map((clock) => ({
      id: clock.id,
      dueAt: clock.dueAt,
      metAt: clock.met?.at ?? null,
      stopped: clock.stopped !== undefined,
    })),
  }
}

const { title, type, level, restrictedTo } = Declaration.shape
const DeclareBody = z.strictObject({
  title,
  type,
  level,
  stage: Stage.default('initial-complaint'),
  known: KnownFacts.default(''),
  mode: LiveMode.default('real'),
  apologyDue: z.boolean().optional().describe('whether a formal apology is due; as usual for the type unless given'),
  restrictedTo,
})

/** Routes for incidents: list, read, declare. */
export function incidentRoutes(app: ApiApp, parts: ApiParts): void {
  const { hub, read, ownerOf } = parts
  app.get(
    '/incidents',
    {
      config: { tokenScope: 'incidents:read' },
      schema: {
        operationId: 'listIncidents',
        tags: ['incidents'],
        response: { 200: z.object({ incidents: z.array(Incident), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { found, unreadable: missing } = await read.incidents(ownerOf(request).memberId)
      const { shown: incidents, unreadable } = shown(Incident, found, incidentOf, missing)
      return reply.send({ incidents, unreadable })
    },
  )
  app.get(
    '/incidents/:incidentId',
    {
      config: { tokenScope: 'incidents:read' },
      schema: { operationId: 'readIncident', tags: ['incidents'], params: IncidentParams, response: { 200: Incident, ...PROBLEMS } },
    },
    async (request, reply) => {
      const found = await read.incident(ownerOf(request).memberId, request.params.incidentId)
      if (!found) return sendProblem(reply, fail('not-found').failure)
      const [incident] = shown(Incident, [found], incidentOf, 0).shown
      return incident ?? sendProblem(reply, fail('unreadable-here', { kind: 'incident' }).failure)
    },
  )
  app.post(
    '/incidents',
    {
      config: { tokenScope: 'incidents:write' },
      schema: {
        operationId: 'declareIncident',
        tags: ['incidents'],
        headers: IdempotencyHeaders,
        body: DeclareBody,
        response: { 201: z.object({ id: Uuid, record: Written }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const answer = await writeOnce(parts, request, async (ids) => {
        const id = ids('incident')
        const incident = request.body
        const written = await runCommand(hub, ownerOf(request).memberId, ids, (seen, edge) =>
          declareIncident(seen, { incidentId: id, incident }, edge),
        )
        return written.ok ? { ok: true, value: { id, record: written.value } } : written
      })
      return sendWritten(reply, answer)
    },
  )
}
