import { createServer as createPlainServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { fastifyHelmet } from '@fastify/helmet'
import { fastifyRateLimit } from '@fastify/rate-limit'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { fail } from '#contract/failures.ts'
import { API_PATH } from '../api/api-plugin.ts'
import { sendProblem } from '../api/problem.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import { PATIENCE, type ServeOptions } from './serve-options.ts'
import type { ServedHub } from './served-hub.ts'

/** TLS 1.3, and only those suites of 1.2 with forward secrecy and authenticated encryption (RFC 9325, section 4.2). */
export const TLS = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    ...['AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-GCM-SHA256'].flatMap((cipher) => [
      `ECDHE-ECDSA-${cipher}`,
      `ECDHE-RSA-${cipher}`,
    ]),
  ].join(':'),
} as const

function answerBadPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { failure } = fail('bad-input', { detail: 'path' })
  if (request.url.startsWith(`${API_PATH}/`)) return sendProblem(reply.header('cache-control', 'no-store'), failure)
  return reply.code(400).send({ ok: false, failure })
}

/** Answers a request that threw with the failure that the error stands for. */
function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  hub: Pick<ServedHub, 'isNotSaved'>,
  options: Pick<ServeOptions, 'log'>,
): FastifyReply {
  if (hub.isNotSaved(error)) return reply.code(503).send(fail('not-saved', { detail: '' }))
  if (error instanceof UnreadableRow) return reply.code(409).send(fail('unreadable-here', { kind: '' }))
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 500)
    options.log('error', 'A request failed', { route: request.routeOptions.url, error: error instanceof Error ? error.message : '' })
  const failure =
    status === 429
      ? fail('too-many-requests')
      : status >= 500
        ? fail('internal')
        : fail('bad-input', { detail: error instanceof Error ? error.message.slice(0, 300) : '' })
  return reply.code(status >= 400 ? status : 500).send(failure)
}

/** The web server of a hub without routes: over HTTPS with a certificate, with safe headers, and with every error as a failure. */
export async function createHubApp(
  hub: Pick<ServedHub, 'isNotSaved'>,
  options: Pick<ServeOptions, 'certificate' | 'behindProxy' | 'log'>,
): Promise<FastifyInstance> {
  const { certificate } = options
  const app = fastify({
    logger: false,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    // A path that no route can match; answered in the format of the part of the API that it belongs to.
    frameworkErrors: (_error, request, reply) => void answerBadPath(request, reply),
    // Only the address added by the proxy itself is trusted; earlier ones are set by the client.
    trustProxy: options.behindProxy && ((_address, hop) => hop === 0),
    serverFactory: (handler) =>
      certificate
        ? createTlsServer({ ...certificate, ...TLS, ...PATIENCE, handshakeTimeout: PATIENCE.headersTimeout }, handler)
        : createPlainServer(PATIENCE, handler),
  })
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
  })
  await app.register(fastifyRateLimit, { global: false })
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, hub, options))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(fail('not-found')))
  return app
}
