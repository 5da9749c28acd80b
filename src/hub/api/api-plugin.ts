import { fastifyRateLimit } from '@fastify/rate-limit'
import { fastifySwagger } from '@fastify/swagger'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { fail, type Failure } from '#contract/failures.ts'
import { TOKEN_SCOPES } from '#contract/team-api.ts'
import { holdsStorableText, UNSTORABLE } from '#domain/log/storable-text.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import { standingOf } from '#domain/members/standing.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import type { ApiHub } from './api-hub.ts'
import type { ApiParts } from './api-parts.ts'
import { sendProblem } from './problem.ts'
import { createReadModel } from './read-model.ts'
import { incidentRoutes } from './incident-routes.ts'
import { memberRoutes } from './member-routes.ts'
import { numberRoutes } from './number-routes.ts'
import { taskRoutes } from './task-routes.ts'
import { timelineRoutes } from './timeline-routes.ts'
import { bulletinRoutes } from './bulletin-routes.ts'
import { wordingRoutes } from './wording-routes.ts'
import { createWrongTokens, type WrongTokens } from './wrong-tokens.ts'

export const API_PATH = '/api/v1'
/** Requests of one token per minute. */
const LIMIT = { max: 300, timeWindow: '1 minute' }
const BODY_LIMIT = 256 * 1024

const secretOf = (request: FastifyRequest) => /^Bearer ([\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1]

async function admit(hub: ApiHub, wrong: WrongTokens, request: FastifyRequest, reply: FastifyReply): Promise<Failure | null> {
  const { tokenScope } = request.routeOptions.config
  if (tokenScope === undefined) return null
  const secret = secretOf(request)
  const wait = secret === undefined ? null : wrong.wait(request.ip, secret)
  if (wait !== null) {
    hub.metrics.overQuota('api-tokens')
    void reply.header('retry-after', wait)
    return fail('too-many-requests').failure
  }
  const owner = secret === undefined ? null : await hub.tokens.find(secret)
  const memberId = owner?.memberId ?? (secret === undefined ? null : await hub.tokens.memberOf(secret))
  const standing = memberId === null ? null : standingOf(await hub.readMember(memberId), hub.now())
  if (standing) return standing
  if (!owner) {
    if (secret !== undefined) wrong.noteWrong(request.ip, secret)
    return fail('token-invalid').failure
  }
  wrong.noteRight(secret ?? '')
  request.tokenOwner = owner
  return owner.scopes.includes(tokenScope) ? null : fail('token-scope', { scope: tokenScope }).failure
}

function failureOf(error: unknown, hub: ApiHub): { failure: Failure; status: number } {
  if (hub.isNotSaved(error)) return { failure: fail('not-saved', { detail: '' }).failure, status: 503 }
  if (error instanceof UnreadableRow) return { failure: fail('unreadable-here', { kind: '' }).failure, status: 409 }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  const detail = error instanceof Error ? error.message.slice(0, 300) : ''
  if (hasZodFastifySchemaValidationErrors(error))
    return {
      failure: fail('bad-input', {
        detail: error.validation
          .map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`.trim())
          .join('; ')
          .slice(0, 500),
      }).failure,
      status: 400,
    }
  if (status === 429) return { failure: fail('too-many-requests').failure, status }
  return status >= 400 && status < 500
    ? { failure: fail('bad-input', { detail }).failure, status }
    : { failure: fail('internal').failure, status: 500 }
}

/** The HTTP API under {@link API_PATH}: what a token's member may read and write, and its description. */
export async function apiPlugin(
  plain: FastifyInstance,
  { hub, version, log }: { hub: ApiHub; version: string; log(level: 'error', message: string, detail: Record<string, unknown>): void },
): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('tokenOwner', null)
  const wrong = createWrongTokens(hub.now)
  app.addHook('onRequest', async (request, reply) => {
    const refused = await admit(hub, wrong, request, reply)
    if (refused === null) return
    if (refused.code === 'token-invalid') void reply.header('www-authenticate', 'Bearer')
    return sendProblem(reply, refused)
  })
  // A body may arrive slowly; access granted when the headers arrived may have ended since.
  app.addHook('preHandler', async (request, reply) => {
    if (request.tokenOwner === null || request.method === 'GET') return
    const owner = await hub.tokens.find(secretOf(request) ?? '')
    const standing = owner ? standingOf(await hub.readMember(owner.memberId), hub.now()) : fail('token-invalid').failure
    if (standing) return sendProblem(reply, standing)
  })
  app.addHook('preValidation', async (request, reply) => {
    if (!holdsStorableText(request.body)) return sendProblem(reply, fail('bad-input', { detail: UNSTORABLE }).failure)
  })
  // Every answer is masked unless its route is exempt: a token never reads more than a screen shows (R1).
  app.addHook('preSerialization', async (request, _reply, payload) =>
    request.routeOptions.config.masked === false || request.routeOptions.url?.endsWith('/openapi.json') ? payload : maskValues(payload),
  )
  // Answers must not be stored by caches on the way.
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  app.addHook('onResponse', async (_request, reply) => hub.metrics.requested(reply.statusCode))
  await app.register(fastifyRateLimit, {
    ...LIMIT,
    global: true,
    enableDraftSpec: true,
    keyGenerator: (request) => request.tokenOwner?.tokenId ?? request.ip,
  })
  app.setErrorHandler((error, request, reply) => {
    const { failure, status } = failureOf(error, hub)
    if (status >= 500)
      log('error', 'A request of the API failed', { route: request.routeOptions.url, error: error instanceof Error ? error.message : '' })
    return sendProblem(reply, failure, status)
  })
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, fail('not-found').failure))
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= BODY_LIMIT
  })
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Stormroom',
        version,
        description:
          'The team hub for machines. Times are milliseconds since 1970. Refusals are problem details (RFC 9457) with a code of a closed list.',
      },
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: `A token of the team, srt_…, which is made for some of: ${TOKEN_SCOPES.join(', ')}`,
          },
        },
      },
      security: [{ token: [] }],
    },
    transform: (given) => {
      const described = jsonSchemaTransform(given)
      const { tokenScope } = given.route.config ?? {}
      if (tokenScope === undefined) return described
      // OpenAPI 3.1 allows scopes in requirements of any security scheme.
      return {
        ...described,
        schema: {
          ...described.schema,
          description: `Needs a token that is allowed \`${tokenScope}\`.`,
          security: [{ token: [tokenScope] }],
        },
      }
    },
  })
  const parts: ApiParts = {
    hub,
    read: createReadModel(hub),
    ownerOf(request) {
      if (!request.tokenOwner) throw new Error('A route of the API without a token')
      return request.tokenOwner
    },
  }
  for (const addRoutes of [incidentRoutes, timelineRoutes, numberRoutes, taskRoutes, memberRoutes, wordingRoutes, bulletinRoutes])
    addRoutes(app, parts)
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
