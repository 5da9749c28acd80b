import { useApiClient } from '#client/api-context.tsx'
import type { ApiClient } from '#contract/api.ts'
import type { TimelineFilter } from '#contract/timeline-api.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { openTimelineWindow, type TimelineWindow, type WindowInput, type WindowSnapshot } from './timeline-window.ts'

export type ShownWindow = {
  window: TimelineWindow
  snapshot: WindowSnapshot
  filter: TimelineFilter
  /** True while another filter is loading and the shown data still belongs to the earlier one. */
  behind: boolean
}

type Opened = { window: TimelineWindow; filter: TimelineFilter; key: string }

const NOTHING: WindowSnapshot = { outline: null, pages: new Map(), failure: null, refreshing: true }
const NOTHING_SNAPSHOT = () => NOTHING
const NO_SUBSCRIPTION = () => () => undefined

/** The timeline under a filter. The earlier list stays until the new one is read, so that typing a filter does not flicker. */
export function useTimelineWindow({ incidentId, filter, zone, group }: WindowInput): ShownWindow | null {
  const client = useApiClient()
  const key = JSON.stringify({ incidentId, filter, zone, group } satisfies WindowInput)
  const [shown, setShown] = useState<Opened | null>(null)

  useEffect(() => {
    const input = JSON.parse(key) as WindowInput
    return openWhenRead(client, input, (window) => setShown({ window, filter: input.filter, key }))
  }, [client, key])

  const snapshot = useSyncExternalStore(shown?.window.subscribe ?? NO_SUBSCRIPTION, shown?.window.snapshot ?? NOTHING_SNAPSHOT)
  return shown ? { window: shown.window, snapshot, filter: shown.filter, behind: shown.key !== key } : null
}

/** Opens a window and passes it on once it has data. Returns a function that closes it. */
function openWhenRead(client: ApiClient, input: WindowInput, onRead: (window: TimelineWindow) => void): () => void {
  const window = openTimelineWindow(client, input)
  const stop = window.subscribe(() => {
    const { outline, failure } = window.snapshot()
    if (!outline && !failure) return
    stop()
    onRead(window)
  })
  return () => {
    stop()
    window.close()
  }
}
