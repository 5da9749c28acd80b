import { mayHaveChanged, type ApiClient } from '#contract/api.ts'
import type { Failure } from '#contract/failures.ts'
import type { Grouping, TimelineFilter, TimelineOutline, TimelinePage } from '#contract/timeline-api.ts'

/** The data that a list renders from. A new object on each change. */
export type WindowSnapshot = {
  outline: TimelineOutline | null
  pages: ReadonlyMap<number, TimelinePage>
  /** The failure of the last read; earlier data stays. */
  failure: Failure | null
  /** True while the shown data is known to be outdated. */
  refreshing: boolean
}

/** The timeline, its filter, its grouping, and the time zone. */
export type WindowInput = { incidentId: string; filter: TimelineFilter; zone: string; group: Grouping }

export type TimelineWindow = {
  snapshot(): WindowSnapshot
  subscribe(listener: () => void): () => void
  /** Sets the pages on the screen; missing ones are read. */
  want(pages: readonly number[]): void
  refresh(): void
  close(): void
}

/** Pages cached besides those on the screen: 6,000 rows. */
const KEPT_PAGES = 30
/** How many times a list that changes during a read is read again before it is shown as received. */
const TRIES = 3

const EMPTY: WindowSnapshot = { outline: null, pages: new Map(), failure: null, refreshing: true }

/**
 * Opens a filtered timeline of any length, of which only the pages near the screen are read. On a change, the outline and the wanted pages
 * are read again and swapped in one step, so that rows never mix two versions.
 */
export function openTimelineWindow(client: ApiClient, input: WindowInput): TimelineWindow {
  const { incidentId, filter, zone, group } = input
  const listeners = new Set<() => void>()
  let current = EMPTY
  let wanted: readonly number[] = [0]
  let open = true
  let refreshAgain = false
  let refreshRunning = false
  /** Refresh counter: pages requested before a refresh are discarded after it. */
  let round = 0
  const asked = new Set<number>()

  const publish = (change: Partial<WindowSnapshot>) => {
    if (!open) return
    current = { ...current, ...change }
    for (const listener of listeners) listener()
  }

  const readPage = (page: number) => client.call('timeline.page', { incidentId, filter, page })

  async function readAll(): Promise<{ outline: TimelineOutline; pages: TimelinePage[] } | Failure> {
    for (let attempt = 1; ; attempt++) {
      // Read the outline and the pages in parallel (one round trip). More reads follow only if the list turns out shorter.
      const known = current.outline?.pages ?? 1
      const asking = wanted.filter((page) => page < known)
      const [outline, ...replies] = await Promise.all([
        client.call('timeline.outline', { incidentId, filter, zone, group }),
        ...asking.map(readPage),
      ])
      if (!outline.ok) return outline.failure
      const inside = wanted.filter((page) => page < outline.value.pages)
      const needed = inside.length > 0 || outline.value.pages === 0 ? inside : [outline.value.pages - 1]
      replies.push(...(await Promise.all(needed.filter((page) => !asking.includes(page)).map(readPage))))
      const pages: TimelinePage[] = []
      for (const reply of replies) {
        if (!reply.ok) return reply.failure
        if (needed.includes(reply.value.page)) pages.push(reply.value)
      }
      const settled = pages.every((page) => page.version === outline.value.version)
      if (settled || attempt >= TRIES) return { outline: outline.value, pages }
    }
  }

  async function refresh(): Promise<void> {
    if (refreshRunning) {
      refreshAgain = true
      return
    }
    refreshRunning = true
    publish({ refreshing: true })
    do {
      refreshAgain = false
      round++
      asked.clear()
      const read = await readAll()
      if (!open) return
      if ('outline' in read) publish({ outline: read.outline, pages: new Map(read.pages.map((page) => [page.page, page])), failure: null })
      else publish({ failure: read })
    } while (refreshAgain)
    refreshRunning = false
    publish({ refreshing: false })
    readMissing()
  }

  function readMissing(): void {
    const outline = current.outline
    if (!outline || refreshRunning) return
    for (const page of wanted) {
      if (page < 0 || page >= outline.pages || current.pages.has(page) || asked.has(page)) continue
      asked.add(page)
      const startedIn = round
      void readPage(page).then((reply) => {
        if (!open || startedIn !== round) return
        asked.delete(page)
        if (!reply.ok) publish({ failure: reply.failure })
        else if (reply.value.version === current.outline?.version) publish({ pages: withPage(current.pages, reply.value), failure: null })
        else void refresh()
      })
    }
  }

  function withPage(pages: ReadonlyMap<number, TimelinePage>, page: TimelinePage): Map<number, TimelinePage> {
    const next = new Map(pages)
    next.set(page.page, page)
    for (const old of next.keys()) {
      if (next.size <= KEPT_PAGES) break
      if (!wanted.includes(old)) next.delete(old)
    }
    return next
  }

  const stopWatching = client.watch((topics) => {
    if (mayHaveChanged(topics, 'timeline.page', { incidentId, filter, page: 0 })) void refresh()
  })
  void refresh()

  return {
    snapshot: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    want(pages) {
      if (pages.length === wanted.length && pages.every((page, at) => page === wanted[at])) return
      wanted = [...pages]
      readMissing()
    },
    refresh: () => void refresh(),
    close() {
      open = false
      stopWatching()
      listeners.clear()
    },
  }
}
