import type { Channel } from '#contract/channel.ts'

type End = Channel & { receive(message: unknown): void; closed(): void }

function makeEnd(other: () => End): End {
  const messages: ((message: unknown) => void)[] = []
  const closes: (() => void)[] = []
  let open = true
  return {
    send(message) {
      // As with a port or a socket: the other end receives a copy, later.
      if (open) queueMicrotask(() => other().receive(structuredClone(message)))
    },
    onMessage: (listener) => void messages.push(listener),
    onClose: (listener) => void closes.push(listener),
    close() {
      this.closed()
      other().closed()
    },
    receive(message) {
      if (open) for (const listener of messages) listener(message)
    },
    closed() {
      if (!open) return
      open = false
      for (const listener of closes) listener()
    },
  }
}

/** Two ends of a channel that copies every message, as a real one does. */
export function makeChannelPair(): [Channel, Channel] {
  const left: End = makeEnd(() => right)
  const right: End = makeEnd(() => left)
  return [left, right]
}
