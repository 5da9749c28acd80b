import { io, type Socket } from 'socket.io-client'
import type { LinkWire } from '#contract/connect-hub.ts'
import { LINK_REFUSALS, LinkDown, LinkRefused, type LinkRefusal } from '#contract/hub-link.ts'
import { HUB_PROTOCOL, HUB_SOCKET_PATH } from '#contract/hub-wire.ts'
import { withPlainBytes } from '#contract/plain-bytes.ts'
import { pinnedTls } from './pinned-agent.ts'

/** A question that is not answered by then is asked again on a fresh line, milliseconds. */
const ANSWER_MS = 30_000

export type HubAddress = {
  /** `https://host:port`, or `http://` for a hub behind a proxy that does TLS on the same machine. */
  url: string
  /** The hub's own certificate and its fingerprint; null where a public authority vouches for it. */
  pinned: { pem: string; fingerprint: string } | null
}

function refusalIn(error: Error): LinkRefusal | null {
  return LINK_REFUSALS.find((one) => one === error.message) ?? null
}

/**
 * The wire to a hub elsewhere, over a socket that comes back by itself. While it is down every question fails at once: nothing
 * is kept here to be sent later, that is the outbox's work.
 */
export function socketWire(address: HubAddress, token: string, version: string): LinkWire {
  const listeners = new Set<(notice: unknown) => void>()
  const tell = (notice: unknown) => {
    for (const listener of listeners) listener(notice)
  }
  const socket: Socket = io(address.url, {
    path: HUB_SOCKET_PATH,
    transports: ['websocket'],
    auth: { protocol: HUB_PROTOCOL, token, version },
    reconnectionDelay: 500,
    reconnectionDelayMax: 15_000,
    randomizationFactor: 0.5,
    timeout: 10_000,
    forceNew: true,
    ...(address.pinned ? pinnedTls(address.pinned.pem, address.pinned.fingerprint) : {}),
  })
  let refused: LinkRefusal | null = null
  let opening: Promise<void> | null = null

  const refuse = (reason: LinkRefusal) => {
    refused = reason
    socket.disconnect()
    tell({ t: 'refused', reason })
  }

  socket.on('notice', (notice: unknown) => {
    if (typeof notice === 'object' && notice !== null && 't' in notice && notice.t === 'refused' && 'reason' in notice) {
      const reason = LINK_REFUSALS.find((one) => one === notice.reason)
      if (reason) return refuse(reason)
    }
    tell(notice)
  })
  // Once the line is back, whoever uses it says hello again.
  socket.on('connect', () => tell({ t: 'access' }))
  socket.on('disconnect', () => tell({ t: 'access' }))
  socket.on('connect_error', (error) => {
    const reason = refusalIn(error)
    if (reason) refuse(reason)
  })

  /** Waits for a line that is being made; fails as soon as one attempt has. */
  function whenOpen(): Promise<void> {
    if (socket.connected) return Promise.resolve()
    opening ??= new Promise<void>((resolve, reject) => {
      const end = (settle: () => void) => {
        socket.off('connect', onConnect)
        socket.off('connect_error', onError)
        opening = null
        settle()
      }
      const onConnect = () => end(resolve)
      const onError = (error: Error) => end(() => reject(refusalIn(error) ? new LinkRefused(refusalIn(error) ?? 'session-unknown') : new LinkDown(error.message)))
      socket.on('connect', onConnect)
      socket.on('connect_error', onError)
    })
    return opening
  }

  return {
    async ask(name, message) {
      if (refused) throw new LinkRefused(refused)
      await whenOpen()
      try {
        return withPlainBytes(await socket.timeout(ANSWER_MS).emitWithAck('ask', name, message))
      } catch (error) {
        throw new LinkDown(error instanceof Error ? error.message : 'no answer')
      }
    },
    look: (place) => {
      if (socket.connected) socket.volatile.emit('look', { place })
    },
    onNotice: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      socket.disconnect()
      listeners.clear()
    },
  }
}
