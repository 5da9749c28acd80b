import { useCallback, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { queryFromAddress, queryToAddress, type TimelineQuery } from './timeline-query.ts'

/**
 * The query that stands in the address. A change shows at once; the address, which the router changes in its own time,
 * follows, and leads when it is changed by going back or by a link.
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
