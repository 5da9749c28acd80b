import type { Channel } from '#contract/channel.ts'
import { io } from 'socket.io-client'
import { NO_SESSION } from '#contract/channel.ts'
import { demoOfWindow } from './demo-room.ts'
import { askForEntrance, pageKey } from './page-key.ts'
import type { ChannelSource } from './reconnecting-client.ts'

const MESSAGE = 'm'

/**
 * Channels of the browser edition, one for each socket connection to the page's own origin. The browser sends the session cookie with the
 * handshake; the page key is sent explicitly.
 */
export const socketChannels: ChannelSource = ({ open, unreachable }) => {
  const demo = demoOfWindow()
  const socket = io({
    auth: { key: pageKey(), ...(demo ? { demo } : {}) },
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3000,
    timeout: 5000,
  })
  let receive: (message: unknown) => void = () => {}
  let closed: () => void = () => {}
  socket.on(MESSAGE, (message: unknown) => receive(withByteArrays(message)))
  socket.on('disconnect', () => closed())
  socket.on('connect_error', (error) => {
    if (error.message === NO_SESSION) askForEntrance()
    else unreachable()
  })
  socket.on('connect', () => {
    const messageListeners = new Set<(message: unknown) => void>()
    const closeListeners = new Set<() => void>()
    receive = (message) => {
      for (const listener of messageListeners) listener(message)
    }
    closed = () => {
      for (const listener of closeListeners) listener()
    }
    const channel: Channel = {
      send: (message) => void socket.emit(MESSAGE, message),
      onMessage: (listener) => void messageListeners.add(listener),
      onClose: (listener) => void closeListeners.add(listener),
      close: () => void socket.disconnect(),
    }
    open(channel)
  })
  // The server closes the socket when it stops; the library reconnects by itself only after a lost connection.
  socket.io.on('close', () => {
    if (!socket.active) setTimeout(() => socket.connect(), 1000)
  })
}

const DEPTH_OF_BYTES = 4

/**
 * Converts ArrayBuffer, as the socket delivers bytes, to Uint8Array, as the contract requires. Bytes are nested at most a few objects deep.
 */
function withByteArrays(value: unknown, depth = DEPTH_OF_BYTES): unknown {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withByteArrays(part, depth - 1)]))
}
