import { topicsOfQuery } from '#contract/api.ts'
import type { IncidentChanges, IncidentView } from '#contract/incident-api.ts'
import { useQuery } from '@tanstack/react-query'
import { useApiClient, useConnected } from './api-context.tsx'
import { readingOf, valueOf, type Reading } from './use-read.ts'

export type HeldIncidents = { mark: string; list: readonly IncidentView[] }

/** Merges an answer into the list. Unchanged incidents keep their identity, and so does the list if nothing changed. */
export function mergeIncidents(before: HeldIncidents | undefined, { mark, whole, changed, ids }: IncidentChanges): HeldIncidents {
  if (whole || !before) return { mark, list: changed }
  if (changed.length === 0 && ids === null) return before
  const views = new Map((ids === null ? changed : [...before.list, ...changed]).map((view) => [view.id, view]))
  return { mark, list: ids === null ? before.list.map((view) => views.get(view.id) ?? view) : ids.flatMap((id) => views.get(id) ?? []) }
}

const KEY = ['incidents.changes']
const META = { topics: topicsOfQuery('incidents.changes', { since: null }) }
const listOf = ({ list }: HeldIncidents) => list

/** All incidents, newest first. After a change only the changed ones are read. */
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
    // `mergeIncidents` already preserves the identity of unchanged objects.
    structuralSharing: false,
    meta: META,
  })
  return readingOf(query, connected, true)
}
