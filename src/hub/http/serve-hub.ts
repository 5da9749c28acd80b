import { createServer as createPlainServer } from 'node:http'
import { createServer as createTlsServer, Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fastifyHelmet } from '@fastify/helmet'
import { fastifyRateLimit } from '@fastify/rate-limit'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import type { LinkRefusal } from '#contract/hub-link.ts'
import {
  HUB_MESSAGE_LIMIT,
  HUB_PROTOCOL,
  HUB_SOCKET_PATH,
  LinkAuth,
  linkCalls,
  LookMessage,
  OLDEST_PROTOCOL,
  type LinkAnswer,
  type LinkCallName,
} from '#contract/hub-wire.ts'
import { withPlainBytes } from '#contract/plain-bytes.ts'
import { fail } from '#contract/failures.ts'
import { MINUTE } from '#domain/durations.ts'
import { CONSOLE_API, CONSOLE_PATH, EMBED_API, EMBED_PATH } from '#contract/agent-wire.ts'
import { consolePage } from '../agents/console-page.ts'
import { consoleRoutes } from '../agents/console-routes.ts'
import { approvalRoutes } from '../approvals/approval-routes.ts'
import { API_PATH, apiPlugin } from '../api/api-plugin.ts'
import { sendProblem } from '../api/problem.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import { oidcRoutes } from './oidc-routes.ts'
import type { Certificate } from './certificate.ts'
import type { CertificateTrouble } from './check-certificate.ts'
import { authRoutes } from './auth-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { bootstrapSnapshotRoutes } from './bootstrap-snapshot-routes.ts'
import type { ServedHub } from './served-hub.ts'

export type ServeOptions = {
  host: string
  /** 0 selects a free port. */
  port: number
  /** Null serves plain HTTP: for tests, and behind a TLS proxy on the same machine. */
  certificate: Certificate | null
  /** True when a proxy in front passes on the client's address. */
  behindProxy: boolean
  /** What devices will find wrong with the certificate; without it, certificates are not checked. */
  certificateTrouble?: () => CertificateTrouble | null
  /** Whoever presents it may read the metrics; without it only this machine may, and no one through a proxy. */
  metricsToken?: string | null
  /** Folder of the built pages (`out/web`); without it, the agents' console has no page. */
  webFolder?: string
  /** Whose pages may show the agents' console in a frame; without any, it cannot be embedded. */
  embedOrigins?: readonly string[]
  log(level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>): void
}

export type HubServer = {
  port: number
  /** Replaces the certificate for new connections; existing ones continue. */
  setCertificate(certificate: Certificate): void
  app: FastifyInstance
  close(): Promise<void>
}

const STOP_MS = 10_000

/** TLS 1.3, and only those suites of 1.2 with forward secrecy and authenticated encryption (RFC 9325, section 4.2). */
const TLS = {
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

/** A client must send its request soon, because an idle connection costs as much as an active one; milliseconds. */
const PATIENCE = { headersTimeout: 4000, requestTimeout: MINUTE, connectionsCheckingInterval: 500 }

/** Open links per session: a device has one, and may have a few broken ones that it has not noticed yet. */
export const LINKS_PER_SESSION = 8

function answerBadPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { failure } = fail('bad-input', { detail: 'path' })
  if (request.url.startsWith(`${API_PATH}/`)) return sendProblem(reply.header('cache-control', 'no-store'), failure)
  return reply.code(400).send({ ok: false, failure })
}

function isLinkCall(name: unknown): name is LinkCallName {
  return typeof name === 'string' && Object.hasOwn(linkCalls, name)
}

/** Why the protocol version of the other end is not supported, or null. */
function checkProtocol(protocol: number): LinkRefusal | null {
  if (protocol > HUB_PROTOCOL) return 'protocol-newer'
  return protocol < OLDEST_PROTOCOL ? 'protocol-older' : null
}

/** The client's address; behind a proxy it is the last in the list, because earlier ones are set by the client. */
function addressOf(socket: Socket, behindProxy: boolean): string {
  const { 'x-forwarded-for': forwarded } = socket.handshake.headers
  const said = behindProxy
    ? String(forwarded ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : ''
  return said || socket.handshake.address
}

/** Serves one socket of a device: answers its questions in order, and sends the hub's notices. */
function serveSocket(socket: Socket, hub: ServedHub, options: ServeOptions): void {
  const owner = socket.data as { memberId: string; sessionId: string; device: string; address: string; protocol: number }
  const fault = (what: string, detail: Record<string, unknown>, error: unknown) =>
    options.log('error', what, { ...detail, error: error instanceof Error ? error.message : '' })
  // The link opens asynchronously; earlier questions wait for it. Null when opening failed: the other end retries.
  const opening = hub.links
    .open(
      owner,
      (notice) => (notice.t === 'presence' ? socket.volatile.emit('notice', notice) : socket.emit('notice', notice)),
      () => socket.disconnect(true),
    )
    .catch((error: unknown) => {
      fault('A link could not be opened', {}, error)
      socket.disconnect(true)
      return null
    })
  void opening.then((result) => {
    if (result === null) return
    if (result.ok) {
      if (socket.disconnected) result.end.close()
      return
    }
    socket.emit('notice', { t: 'refused', reason: result.reason })
    socket.disconnect(true)
  })
  socket.on('ask', (name: unknown, message: unknown, answer: unknown) => {
    if (typeof answer !== 'function') return
    const reply = answer as (answer: LinkAnswer) => void
    if (!isLinkCall(name)) return reply({ t: 'down', why: 'bad-message' })
    void opening
      .then((result): LinkAnswer | Promise<LinkAnswer> => {
        if (result === null) return { t: 'down', why: 'internal' }
        return result.ok ? result.end.answer(name, withPlainBytes(message)) : { t: 'refused', reason: result.reason }
      })
      .catch((error: unknown): LinkAnswer => {
        fault('A question over a link failed', { name }, error)
        return { t: 'down', why: 'internal' }
      })
      .then(reply)
  })
  socket.on('look', (message: unknown) => {
    const parsed = LookMessage.safeParse(message)
    if (parsed.success) void opening.then((result) => result?.ok && result.end.look(parsed.data.place))
  })
  socket.on('disconnect', () => void opening.then((result) => result?.ok && result.end.close()))
}

/**
 * Serves a hub to a team over HTTPS: sign-in, links, health and metrics.
 * @throws an error with `code` EADDRINUSE or EACCES when the port cannot be opened
 */
export async function serveHub(hub: ServedHub, options: ServeOptions, more?: (app: FastifyInstance) => Promise<void>): Promise<HubServer> {
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
  app.setErrorHandler((error, request, reply) => {
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
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(fail('not-found')))
  await app.register((routes) => healthRoutes(routes, hub, options))
  await app.register((routes) => authRoutes(routes, hub))
  await app.register((routes) => oidcRoutes(routes, hub))
  await app.register((routes) => bootstrapSnapshotRoutes(routes, hub))
  const shared = { agents: hub.agents, secure: certificate !== null }
  await app.register((routes) => consoleRoutes(routes, { ...shared, place: 'page' }), { prefix: CONSOLE_API })
  await app.register((routes) => consolePage(routes, options.webFolder, []), { prefix: CONSOLE_PATH })
  const { embedOrigins = [] } = options
  if (embedOrigins.length > 0) {
    await app.register((routes) => consoleRoutes(routes, { ...shared, place: 'embed' }), { prefix: EMBED_API })
    await app.register((routes) => consolePage(routes, options.webFolder, embedOrigins), { prefix: EMBED_PATH })
  }
  await app.register((routes) => approvalRoutes(routes, hub))
  await app.register(apiPlugin, { prefix: API_PATH, hub, version: hub.about().version, log: options.log })
  if (more) await app.register(more)
  await app.listen({ host: options.host, port: options.port })

  const io = new Server({
    path: HUB_SOCKET_PATH,
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    // Compressing each message took more of the hub's CPU time than everything else; bootstrap snapshots are compressed as files.
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: PATIENCE.headersTimeout,
    maxHttpBufferSize: HUB_MESSAGE_LIMIT,
    // Devices send no Origin header; a request with one comes from a web page.
    allowRequest: (request, answer) => answer(null, request.headers.origin === undefined),
    // A connection that is silent for this long is closed: shown as away, and reopened by the device.
    pingInterval: 10_000,
    pingTimeout: 10_000,
  })
  const bySession = new Map<string, number>()

  /** Counts a socket for its session until it disconnects; false when there are too many. */
  function takePlace(socket: Socket, sessionId: string): boolean {
    const held = bySession.get(sessionId) ?? 0
    if (held >= LINKS_PER_SESSION) return false
    bySession.set(sessionId, held + 1)
    socket.conn.once('close', () => {
      const left = (bySession.get(sessionId) ?? 1) - 1
      if (left > 0) bySession.set(sessionId, left)
      else bySession.delete(sessionId)
    })
    return true
  }

  /** Why a socket is refused, or null once its owner is known. */
  async function admit(socket: Socket): Promise<LinkRefusal | 'internal' | 'too-many-links' | null> {
    const named = z.looseObject({ protocol: z.int() }).safeParse(socket.handshake.auth)
    const version = named.success ? checkProtocol(named.data.protocol) : null
    if (version) return version
    const auth = LinkAuth.safeParse(socket.handshake.auth)
    if (!auth.success) return 'session-unknown'
    try {
      const admitted = await hub.admit(auth.data.token)
      if (!admitted.ok) return admitted.reason
      const { sessionId } = admitted.owner
      if (sessionId !== null && !takePlace(socket, sessionId)) {
        hub.metrics.overQuota('links')
        return 'too-many-links'
      }
      socket.data = { ...admitted.owner, address: addressOf(socket, options.behindProxy), protocol: auth.data.protocol }
      return null
    } catch (error) {
      options.log('error', 'A handshake failed', { error: error instanceof Error ? error.message : '' })
      return 'internal'
    }
  }
  io.use(async (socket, next) => {
    const refusal = await admit(socket)
    next(refusal === null ? undefined : new Error(refusal))
  })
  io.on('connection', (socket) => serveSocket(socket, hub, options))
  io.attach(app.server)

  return {
    port: (app.server.address() as AddressInfo).port,
    setCertificate: (renewed) => {
      if (app.server instanceof TlsServer) app.server.setSecureContext({ ...renewed, ...TLS })
    },
    app,
    async close() {
      // Running pushes still get their answer; no new sockets are accepted.
      io.disconnectSockets(true)
      io.engine.close()
      const stopping = app.close()
      await Promise.race([stopping, wait(STOP_MS, undefined, { ref: false })])
    },
  }
}
