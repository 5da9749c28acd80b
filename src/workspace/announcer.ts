import type { Topic } from '#contract/api.ts'

/** A single change is announced within a frame; a burst of commits at most this often. Milliseconds. */
const FRAME_MS = 16
const APART_MS = 150

export function createAnnouncer() {
  const listeners = new Set<(topics: readonly Topic[]) => void>()
  let waiting = new Set<Topic>()
  let timer: NodeJS.Timeout | null = null
  let flushedAt = 0
  const flush = () => {
    timer = null
    flushedAt = performance.now()
    const topics = [...waiting]
    waiting = new Set()
    for (const listener of listeners) listener(topics)
  }
  return {
    announce(topics: readonly Topic[]): void {
      for (const topic of topics) waiting.add(topic)
      if (waiting.size > 0) timer ??= setTimeout(flush, Math.max(FRAME_MS, flushedAt + APART_MS - performance.now()))
    },
    watch(listener: (topics: readonly Topic[]) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close(): void {
      if (timer) clearTimeout(timer)
      listeners.clear()
    },
  }
}
