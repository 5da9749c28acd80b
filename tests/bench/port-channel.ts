import type { MessagePort, Worker } from 'node:worker_threads'
import type { Channel } from '#contract/channel.ts'

/** A worker, or the port inside one, as a channel of the contract. */
export function portChannel(port: MessagePort | Worker): Channel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void (port as MessagePort).on('message', listener),
    onClose: (listener) => void (port as MessagePort).on('close', listener),
    close: () => undefined,
  }
}
