import type { Channel } from '#contract/channel.ts'
import type { Socket } from 'socket.io'

/** Our messages are shallow; what lies deeper is not one of them and fails the contract anyway. */
const MAX_DEPTH = 12

/** Turns Node's Buffers inside a message, in place, into the plain byte arrays of the contract. */
export function withPlainBytes(value: unknown, depth = 0): unknown {
  if (Buffer.isBuffer(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return value
  const parts = value as Record<string, unknown>
  for (const key of Object.keys(parts)) {
    const plain = withPlainBytes(parts[key], depth + 1)
    if (plain !== parts[key]) parts[key] = plain
  }
  return value
}

/** A socket as a channel of the contract: event `m` carries one message, either way. */
export function channelOf(socket: Socket): Channel {
  return {
    send: (message) => {
      socket.emit('m', message)
    },
    onMessage: (listener) => {
      socket.on('m', (message: unknown) => listener(withPlainBytes(message)))
    },
    onClose: (listener) => {
      socket.on('disconnect', () => listener())
    },
    close: () => {
      socket.disconnect(true)
    },
  }
}
