import type { Channel } from '#contract/channel.ts'
import { withPlainBytes } from '#contract/plain-bytes.ts'
import type { Socket } from 'socket.io'

/** A socket as a channel of the contract: event `m` carries one message, in both directions. */
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
