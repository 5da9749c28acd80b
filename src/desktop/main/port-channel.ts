import type { MessagePortMain } from 'electron'
import type { Channel } from '#contract/channel.ts'

/** A channel over one end of a message channel, on the side of the replica process. */
export function portChannel(port: MessagePortMain): Channel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data))
      // Messages that came before this wait in the port.
      port.start()
    },
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  }
}
