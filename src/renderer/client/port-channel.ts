import type { Channel } from '#contract/channel.ts'
import { demoOfWindow } from './demo-room.ts'
import type { ChannelSource } from './reconnecting-client.ts'

/**
 * Channels of the desktop app. The preload passes one MessagePort for each start of the replica process. A port does not report that its
 * other end died, so a new port closes the one before.
 */
export const portChannels: ChannelSource = ({ open }) => {
  let closeLast: () => void = () => {}
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports
    if (event.source !== window || !port || !isPortNotice(event.data)) return
    closeLast()
    const { channel, closed } = portChannel(port)
    closeLast = closed
    open(channel)
  })
  window.stormroom?.connect(demoOfWindow() ?? undefined)
}

function isPortNotice(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'stormroom' in data && data.stormroom === 'port'
}

function portChannel(port: MessagePort): { channel: Channel; closed(): void } {
  const closeListeners = new Set<() => void>()
  let open = true
  const closed = () => {
    if (!open) return
    open = false
    for (const listener of closeListeners) listener()
    port.close()
  }
  // Chromium notifies a port when its other end is gone (HTML standard, "close" event of MessagePort).
  port.addEventListener('close', closed)
  return {
    closed,
    channel: {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data))
        port.start()
      },
      onClose: (listener) => void closeListeners.add(listener),
      close: closed,
    },
  }
}
