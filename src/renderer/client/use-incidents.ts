import { topicsOfQuery } from '#contract/api.ts'
import type { IncidentChanges, IncidentView } from '#contract/incident-api.ts'
import { useQuery } from '@tanstack/react-query'
import { useApiClient, useConnected } from './api-context.tsx'
import { readingOf, valueOf, type Reading } from './use-read.ts'

export type HeldIncidents = { mark: string; list: readonly IncidentView[] }

/** The list after an answer. What did not change stays the same object, and so does the whole when nothing did. */
export function mergeIncidents(before: HeldIncidents | undefined, { mark, whole, changed, ids }: IncidentChanges): HeldIncidents {
  if (whole || !before) return { mark, list: changed }
  if (changed.length === 0 && ids === null) return before
  const views = new Map((ids === null ? changed : [...before.list, ...changed]).map((view) => [view.id, view]))
  return { mark, list: ids === null ? before.list.map((view) => views.get(view.id) ?? view) : ids.flatMap((id) => views.get(id) ?? []) }
}

const KEY = ['incidents.changes']
const META = { topics: topicsOfQuery('incidents.changes', { since: null }) }
const listOf = ({ list }: HeldIncidents) => list

/** All incidents, newest first; after a change only those that changed are read. */
export function useIncidents(): Reading<readonly IncidentView[]> {
  const client = useApiClient()
  const connected = useConnected()
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ client: queries }) => {
      const before = queries.getQueryData<HeldIncidents>(KEY)
      return mergeIncidents(before, valueOf(await client.call('incidents.changes', { since: before?.mark ?? null })))
    },
    select: listOf,
    // What did not change is the same object already.
    structuralSharing: false,
    meta: META,
  })
  return readingOf(query, connected, true)
}
