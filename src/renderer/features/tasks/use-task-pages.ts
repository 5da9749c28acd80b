import { topicsOfQuery, type ApiClient, type CallInput } from '#contract/api.ts'
import type { TaskFilter, TaskView } from '#contract/task-api.ts'
import { useApiClient, useConnected } from '#client/api-context.tsx'
import { readingOf, valueOf, type Reading } from '#client/use-read.ts'
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'

/** The first pages of a list of tasks. */
export type TaskPages = {
  reading: Reading<readonly TaskView[]>
  rows: readonly TaskView[]
  /** Whether further tasks may follow. */
  more: boolean
  /** Reads the next page; does nothing while one is read, or if there is none. */
  readMore(): void
}

/** The options of the list for the query library. After a change, the pages read so far are read again, one after the other. */
export function taskPageOptions(client: Pick<ApiClient, 'call'>, input: CallInput<'tasks.page'>) {
  return infiniteQueryOptions({
    queryKey: ['tasks.page', input],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => valueOf(await client.call('tasks.page', { ...input, after: pageParam })),
    getNextPageParam: ({ next }) => next,
    meta: { topics: topicsOfQuery('tasks.page', input) },
  })
}

/**
 * Reads the tasks of an incident page by page.
 * @param now when it advances, overdue tasks are read again
 */
export function useTaskPages(incidentId: string, filter: TaskFilter, now: number): TaskPages {
  const client = useApiClient()
  const connected = useConnected()
  const query = useInfiniteQuery({ ...taskPageOptions(client, { incidentId, filter }), placeholderData: keepPreviousData })
  const { data, hasNextPage, isFetching, isPlaceholderData, fetchNextPage, refetch } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data])
  const byTime = filter === 'overdue' ? now : null
  useEffect(() => {
    if (byTime !== null) void refetch({ cancelRefetch: false })
  }, [byTime, refetch])
  return {
    reading: readingOf({ ...query, data: data && rows }, connected, true),
    rows,
    more: hasNextPage && !isPlaceholderData,
    readMore: () => {
      if (hasNextPage && !isFetching) void fetchNextPage({ cancelRefetch: false })
    },
  }
}
