import { useApiClient } from '#client/api-context.tsx'
import type { ApiClient } from '#contract/api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import { done } from '#contract/failures.ts'
import type { EntryView } from '#contract/timeline-api.ts'
import { useEffect, useState } from 'react'

export type WholeTimeline = { entries: EntryView[] | null; fraction: number; failure: Failure | null }

/** Number of parallel reads: fast, but without blocking the replica for others. */
const AT_ONCE = 16

async function readWhole(
  client: ApiClient,
  incidentId: string,
  starred: boolean,
  onProgress: (fraction: number) => void,
  stopped: () => boolean,
): Promise<Result<EntryView[]>> {
  const filter = { order: 'happened', ...(starred ? { starred } : {}) } as const
  const outline = await client.call('timeline.outline', { incidentId, filter, zone: Intl.DateTimeFormat().resolvedOptions().timeZone })
  if (!outline.ok) return outline
  const entries: EntryView[] = []
  for (let page = 0; page < outline.value.pages && !stopped(); page++) {
    const read = await client.call('timeline.page', { incidentId, filter, page })
    if (!read.ok) return read
    for (let at = 0; at < read.value.rows.length; at += AT_ONCE) {
      const views = await Promise.all(
        read.value.rows.slice(at, at + AT_ONCE).map(async (row) => {
          // Only rows with a history are read in full, because the list omits the texts of comments and corrections.
          if (row.commentCount === 0 && row.correctionCount === 0)
            return done<EntryView>({ ...row, comments: [], corrections: [], linked: [], importName: null })
          return client.call('timeline.entry', { incidentId, entryId: row.id })
        }),
      )
      for (const view of views) {
        if (!view.ok) return view
        entries.push(view.value)
      }
    }
    onProgress(outline.value.total === 0 ? 1 : entries.length / outline.value.total)
  }
  return done(entries)
}

/** All entries of an incident, or all starred ones, oldest first, with comments and corrections; read once. */
export function useWholeTimeline(incidentId: string, starred: boolean): WholeTimeline {
  const client = useApiClient()
  const [state, setState] = useState<WholeTimeline>({ entries: null, fraction: 0, failure: null })
  useEffect(() => {
    let stopped = false
    void readWhole(
      client,
      incidentId,
      starred,
      (fraction) => setState((now) => ({ ...now, fraction })),
      () => stopped,
    ).then((read) => {
      if (stopped) return
      setState(read.ok ? { entries: read.value, fraction: 1, failure: null } : { entries: null, fraction: 0, failure: read.failure })
    })
    return () => {
      stopped = true
    }
  }, [client, incidentId, starred])
  return state
}
