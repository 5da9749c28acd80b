import type { Server as WebServer } from 'node:http'
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
import { PATIENCE, type ServeOptions } from './serve-options.ts'
import type { ServedHub } from './served-hub.ts'

/** Open links per session: a device has one, and may have a few broken ones that it has not noticed yet. */
export const LINKS_PER_SESSION = 8

type LinkHub = Pick<ServedHub, 'links' | 'admit' | 'metrics'>
type LinkOptions = Pick<ServeOptions, 'behindProxy' | 'log'>

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
function serveSocket(socket: Socket, hub: LinkHub, options: LinkOptions): void {
  const owner = socket.data as { memberId: string; sessionId: string; device: string; address: string; protocol: number }
  const fault = (what: string, detail: Record<string, unknown>, error: unknown) =>
    options.log('error', what, { ...detail, error: error instanceof Error ? error.message : '' })
  // The link opens asynchronously; earlier questions wait for it. Null when opening failed: the other end retries.
  const opening = hub.links
    .open(
      owner,
      // Presence as well must arrive: it is told only when it changes, and a place that is lost would stay wrong.
      (notice) => socket.emit('notice', notice),
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

/** Holds a place of a session for a socket until it disconnects; false when there are too many. */
type TakePlace = (socket: Socket, sessionId: string) => boolean

/** Counts the sockets of each session. */
function sessionPlaces(): TakePlace {
  const bySession = new Map<string, number>()
  return (socket, sessionId) => {
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
}

/** Why a socket is refused, or null once its owner is known. */
async function admit(
  socket: Socket,
  hub: LinkHub,
  takePlace: TakePlace,
  options: LinkOptions,
): Promise<LinkRefusal | 'internal' | 'too-many-links' | null> {
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

/** Serves the links of devices on a web server. */
export function serveLinks(server: WebServer, hub: LinkHub, options: LinkOptions): Server {
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
  const takePlace = sessionPlaces()
  io.use(async (socket, next) => {
    const refusal = await admit(socket, hub, takePlace, options)
    next(refusal === null ? undefined : new Error(refusal))
  })
  io.on('connection', (socket) => serveSocket(socket, hub, options))
  io.attach(server)
  return io
}
