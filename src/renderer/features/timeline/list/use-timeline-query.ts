import { useCallback, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { queryFromAddress, queryToAddress, type TimelineQuery } from './timeline-query.ts'

/**
 * The query in the address. A change shows at once and the address follows, because the router updates it asynchronously. Navigation (back,
 * links) overrides the local state.
 */
export function useTimelineQuery(): { query: TimelineQuery; narrow(change: Partial<TimelineQuery>): void } {
  const [address, setAddress] = useSearchParams()
  const inAddress = queryToAddress(queryFromAddress(address), new URLSearchParams()).toString()
  const [seen, setSeen] = useState(inAddress)
  const [shown, setShown] = useState(inAddress)
  if (seen !== inAddress) {
    setSeen(inAddress)
    setShown(inAddress)
  }
  const query = useMemo(() => queryFromAddress(new URLSearchParams(shown)), [shown])
  const narrow = useCallback(
    (change: Partial<TimelineQuery>) => {
      const next = { ...query, ...change }
      setShown(queryToAddress(next, new URLSearchParams()).toString())
      setAddress((now) => queryToAddress(next, now), { replace: true })
    },
    [query, setAddress],
  )
  return { query, narrow }
}
