import type { Topic } from '#contract/api.ts'

/** A single change is announced within a frame; a burst of commits at most this often. Milliseconds. */
const FRAME_MS = 16
const APART_MS = 150

/** Collects what has changed and announces it to the screens of one process. */
export type Announcer = {
  announce(topics: readonly Topic[]): void
  /** Returns a function to stop. */
  watch(listener: (topics: readonly Topic[]) => void): () => void
  close(): void
}

export function createAnnouncer(): Announcer {
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
    announce(topics) {
      for (const topic of topics) waiting.add(topic)
      if (waiting.size > 0) timer ??= setTimeout(flush, Math.max(FRAME_MS, flushedAt + APART_MS - performance.now()))
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      if (timer) clearTimeout(timer)
      listeners.clear()
    },
  }
}
