import { io, type Socket } from 'socket.io-client'
import type { LinkWire } from '#contract/connect-hub.ts'
import type { PresenceFocus } from '#contract/team-api.ts'
import { LINK_REFUSALS, LinkDown, LinkRefused, type LinkRefusal } from '#contract/hub-link.ts'
import { HUB_PROTOCOL, HUB_SOCKET_PATH } from '#contract/hub-wire.ts'
import { isSafeHubAddress } from '#contract/hub-address.ts'
import type { LinkTrouble } from '#contract/link-trouble.ts'
import { withPlainBytes } from '#contract/plain-bytes.ts'
import { linkTroubleOf } from './link-trouble-of.ts'
import { pinnedTls } from './pinned-agent.ts'

/** A request without an answer by then is repeated on a new connection, milliseconds. */
const ANSWER_MS = 30_000
const REFUSED_RETRY_MS = 5000

export type HubAddress = {
  /** `https://host:port`, or `http://` for a hub behind a proxy that does TLS on the same machine. */
  url: string
  /** The hub's own certificate and its fingerprint; null for a certificate of a public authority. */
  pinned: { pem: string; fingerprint: string } | null
}

function refusalIn(error: Error): LinkRefusal | null {
  return LINK_REFUSALS.find((one) => one === error.message) ?? null
}

/**
 * The wire to a remote hub, over a socket that reconnects by itself. While it is down every request fails at once: requests are
 * not queued here, because that is the outbox's task.
 */
export function socketWire(address: HubAddress, token: string, version: string): LinkWire {
  const listeners = new Set<(notice: unknown) => void>()
  const tell = (notice: unknown) => {
    for (const listener of listeners) listener(notice)
  }
  const safe = isSafeHubAddress(address.url, address.pinned !== null)
  const socket: Socket = io(address.url, {
    autoConnect: safe,
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
  /** The connection was lost or could not be made: requests fail at once until it is back. */
  let down = false
  let closed = false
  let giveUp = () => {}
  let looksAt: PresenceFocus | null = null
  let trouble: LinkTrouble | null = safe ? null : 'address-unsafe'

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
  // After a reconnect, the user of the wire repeats the handshake.
  socket.on('connect', () => {
    down = false
    trouble = null
    // The hub does not know the presence focus from before the connection was lost.
    if (looksAt) socket.emit('look', { place: looksAt })
    tell({ t: 'access' })
  })
  socket.on('disconnect', (reason) => {
    down = true
    tell({ t: 'access' })
    // A stopping hub disconnects its sockets, which the library takes as final; the hub will be back.
    if (reason === 'io server disconnect' && refused === null) socket.connect()
  })
  socket.on('connect_error', (error) => {
    down = true
    const reason = refusalIn(error)
    trouble = linkTroubleOf(error, address.pinned !== null)
    if (reason) refuse(reason)
    // A hub that could not check the session because of its own fault is asked again later.
    else if (!socket.active) setTimeout(() => void (refused === null && !closed && socket.connect()), REFUSED_RETRY_MS).unref()
  })

  /** Waits for a connection that is being made; fails with the first failed attempt. */
  function whenOpen(): Promise<void> {
    if (socket.connected) return Promise.resolve()
    if (down || closed || !safe) return Promise.reject(new LinkDown('cut off'))
    opening ??= new Promise<void>((resolve, reject) => {
      const end = (settle: () => void) => {
        socket.off('connect', onConnect)
        socket.off('connect_error', onError)
        opening = null
        settle()
      }
      const onConnect = () => end(resolve)
      const onError = (error: Error) =>
        end(() => reject(refusalIn(error) ? new LinkRefused(refusalIn(error) ?? 'session-unknown') : new LinkDown(error.message)))
      socket.on('connect', onConnect)
      socket.on('connect_error', onError)
      giveUp = () => end(() => reject(new LinkDown('closed')))
    })
    return opening
  }

  return {
    trouble: () => trouble,
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
      looksAt = place
      if (socket.connected) socket.emit('look', { place })
    },
    onNotice: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      closed = true
      giveUp()
      socket.disconnect()
      listeners.clear()
    },
  }
}
