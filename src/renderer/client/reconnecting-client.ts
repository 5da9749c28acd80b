import type { ApiClient, Topic } from '#contract/api.ts'
import { connectApi } from '#contract/api-wire.ts'
import type { Channel } from '#contract/channel.ts'
import { fail } from '#contract/failures.ts'

/** The source of channels: one now, and a new one after each loss. */
export type ChannelSource = (told: {
  /** Called when a channel is open. */
  open(channel: Channel): void
  /** Called when an attempt failed; another one follows. */
  unreachable(): void
}) => void

/**
 * A client that survives the loss of its channel. Calls made before the first channel wait for it. Calls made without a channel, or in
 * flight when one is lost, fail as `disconnected`. After a loss, watchers receive '*', because anything may have changed.
 * @param onWrongVersion called when the other end uses another wire version
 */
export function reconnectingClient(source: ChannelSource, onWrongVersion: (version: number) => void): ApiClient {
  let current: ApiClient | null = null
  let settleFirst: () => void = () => {}
  const first = new Promise<void>((resolve) => {
    settleFirst = resolve
  })
  let tried = false
  let opened = false
  const watchers = new Set<(topics: readonly (Topic | '*')[]) => void>()
  const connectionListeners = new Set<(connected: boolean) => void>()

  function announceConnection(connected: boolean): void {
    for (const listener of connectionListeners) listener(connected)
  }

  source({
    open(channel) {
      const client = connectApi(channel, onWrongVersion)
      const back = tried
      current = client
      opened = true
      tried = true
      client.watch((topics) => {
        for (const watcher of watchers) watcher(topics)
      })
      client.connection((connected) => {
        if (connected || current !== client) return
        current = null
        announceConnection(false)
      })
      settleFirst()
      announceConnection(true)
      if (back) for (const watcher of watchers) watcher(['*'])
    },
    unreachable() {
      if (current) return
      tried = true
      settleFirst()
      if (!opened) announceConnection(false)
    },
  })

  return {
    async call(name, input) {
      if (!tried) await first
      return current ? current.call(name, input) : fail('disconnected')
    },
    watch(onTopics) {
      watchers.add(onTopics)
      return () => watchers.delete(onTopics)
    },
    connection(onChange) {
      connectionListeners.add(onChange)
      onChange(current !== null || !tried)
      return () => connectionListeners.delete(onChange)
    },
  }
}
