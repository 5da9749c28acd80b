import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { NO_SESSION } from '#contract/channel.ts'
import { RoomWish } from '#contract/demo-api.ts'
import type { Rooms } from '#workspace/rooms.ts'
import type { WorkspaceOptions } from '#workspace/workspace-options.ts'
import { fastifyHelmet } from '@fastify/helmet'
import { fastifyStatic } from '@fastify/static'
import { fastify, type FastifyReply } from 'fastify'
import { Server } from 'socket.io'
import { contentPolicyHeader } from './content-policy.ts'
import { LAUNCH_STYLE_SOURCE, launchPage, onwardPage, type LaunchNotice } from './launch-page.ts'
import { createLaunchToken } from './launch-token.ts'
import { checkHandshake, checkRequest, REFUSAL_STATUS } from './request-guard.ts'
import { channelOf } from './socket-channel.ts'

/** The only interface that is listened on. */
const LOOPBACK = '127.0.0.1'
/** Maximum size of a message, bytes: a piece of a file (256 KB) and more. */
const MESSAGE_LIMIT = 1024 * 1024
const HASHED_ASSET = /-[\w-]{8,}\.\w+$/

export type BrowserOptions = {
  rooms: Pick<Rooms, 'receive'>
  /** Absolute path of the built renderer. */
  rendererFolder: string
  /** 0 takes a free one. */
  port: number
  log: WorkspaceOptions['log']
}

export type BrowserShell = {
  /** The address to open, with its one-time token. */
  url: string
  port: number
  close(): Promise<void>
}

/**
 * Serves the app to browsers on this machine: the same renderer as the desktop's, with the contract over a socket.
 * @throws an error with `code` EADDRINUSE or EACCES if the port is not available
 */
export async function serveBrowser({ rooms, rendererFolder, port: wantedPort, log }: BrowserOptions): Promise<BrowserShell> {
  let port = wantedPort
  const launch = createLaunchToken(() => port)
  const app = fastify({ logger: false, bodyLimit: 1024, forceCloseConnections: true })

  await app.register(fastifyHelmet, {
    contentSecurityPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Plain HTTP on the loopback interface; HSTS would affect every port of 127.0.0.1.
    strictTransportSecurity: false,
  })

  const sendNotice = (reply: FastifyReply, notice: LaunchNotice) =>
    reply
      .code(401)
      .header('content-security-policy', contentPolicyHeader(port, LAUNCH_STYLE_SOURCE))
      .type('text/html; charset=utf-8')
      .send(launchPage(notice))

  app.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', contentPolicyHeader(port))
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()')
    reply.header('cache-control', 'no-store')
    const refusal = checkRequest(request.raw, port)
    if (refusal) {
      log('warn', `Refused an HTTP request: ${refusal}`)
      return reply.code(REFUSAL_STATUS[refusal]).type('text/plain').send(refusal)
    }
    const address = new URL(request.raw.url ?? '/', `http://${LOOPBACK}`)
    const token = address.pathname === '/' ? address.searchParams.get('token') : null
    const admitted = launch.admits(request.headers.cookie)
    // Link checkers send HEAD; only opening the page uses up the token.
    if (token !== null && request.method === 'GET') {
      const entered = admitted ? { cookies: [], key: null } : launch.exchange(token, request.headers.cookie)
      if (!entered) return sendNotice(reply, 'spent')
      reply.header('set-cookie', entered.cookies)
      const onward = entered.key === null ? '/' : `/#key=${entered.key}`
      // After a redirect from another site's page, a browser would not send the cookie that was just set.
      if (request.headers['sec-fetch-site'] === 'cross-site') return reply.type('text/html; charset=utf-8').send(onwardPage(onward))
      return reply.redirect(onward, 303)
    }
    if (!admitted || address.searchParams.has('launch')) return sendNotice(reply, 'no-session')
  })

  await app.register(fastifyStatic, {
    root: rendererFolder,
    index: false,
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (reply, path) => {
      if (HASHED_ASSET.test(basename(path))) reply.header('cache-control', 'max-age=31536000, immutable')
    },
  })
  app.get('/', (_request, reply) => reply.sendFile('index.html'))
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('not-found'))
  app.setErrorHandler((error, _request, reply) => {
    log('warn', 'An HTTP request failed', error)
    return reply.code(400).type('text/plain').send('bad-request')
  })

  await app.listen({ host: LOOPBACK, port: wantedPort })
  port = (app.server.address() as AddressInfo).port

  const io = new Server({
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MESSAGE_LIMIT,
  })
  io.attach(app.server)
  io.engine.use((request: Parameters<typeof checkHandshake>[0], _response: unknown, next: (error?: Error) => void) => {
    const refusal = checkHandshake(request, port, launch)
    if (refusal) log('warn', `Refused a socket: ${refusal}`)
    next(refusal ? new Error(refusal) : undefined)
  })

  io.use((socket, next) => {
    if (launch.admitsPage((socket.handshake.auth as { key?: unknown }).key)) return next()
    log('warn', `Refused a socket: ${NO_SESSION}`)
    next(new Error(NO_SESSION))
  })

  io.on('connection', (socket) => {
    const wish = RoomWish.safeParse(socket.handshake.auth)
    if (wish.success) return rooms.receive(channelOf(socket), wish.data.demo ?? null)
    log('warn', 'Refused a socket: it asks for a room that there is not')
    return void socket.disconnect(true)
  })

  return {
    url: `http://${LOOPBACK}:${port}/?token=${launch.token}`,
    port,
    async close() {
      io.disconnectSockets(true)
      io.engine.close()
      await app.close()
    },
  }
}
