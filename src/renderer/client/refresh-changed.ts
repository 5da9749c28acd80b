import type { Topic } from '#contract/api.ts'
import type { Query, QueryClient } from '@tanstack/react-query'

const waiting = new WeakSet<Query>()

/**
 * Refreshes every query that depends on one of the topics. A query in flight may have missed the change, so it is read once more when it
 * completes. Reads are never cancelled, because a stream of changes could then starve a screen.
 */
export function refreshChanged(queries: QueryClient, topics: readonly (Topic | '*')[]): void {
  const changed = new Set<string>(topics)
  const shows = (query: Query) => changed.has('*') || topicsOf(query).some((topic) => changed.has(topic))
  const refresh = (query: Query) => void queries.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch: false })
  for (const query of queries.getQueryCache().findAll({ predicate: shows })) {
    const reading = query.state.fetchStatus === 'fetching' ? query.promise : undefined
    if (!reading) {
      refresh(query)
    } else if (!waiting.has(query)) {
      waiting.add(query)
      const readAgain = () => {
        waiting.delete(query)
        refresh(query)
      }
      reading.then(readAgain, readAgain)
    }
  }
}

function topicsOf(query: Query): readonly string[] {
  const topics = query.meta?.['topics']
  return Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : []
}
