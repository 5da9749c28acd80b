import type { Failure, Result } from '#contract/failures.ts'
import { useCallback, useEffect, useRef, useState } from 'react'

/** How often what is shown is read again while the page is in front, milliseconds. */
const AGAIN_MS = 10_000

export type Asked<Value> = { value: Value | null; failure: Failure | null; again(): void }

/**
 * Reads something from the hub, again every ten seconds while the page is in front, and at once when it comes to the front.
 * @param read must stay the same function between renders
 */
export function useAsked<Value>(read: () => Promise<Result<Value>>): Asked<Value> {
  const [value, setValue] = useState<Value | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const look = useRef<() => void>(() => {})
  useEffect(() => {
    let isOver = false
    look.current = () => {
      if (document.hidden) return
      void read().then((result) => {
        if (isOver) return
        if (result.ok) setValue(result.value)
        setFailure(result.ok ? null : result.failure)
      })
    }
    look.current()
    const timer = setInterval(() => look.current(), AGAIN_MS)
    const onFront = () => look.current()
    document.addEventListener('visibilitychange', onFront)
    return () => {
      isOver = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', onFront)
    }
  }, [read])
  const again = useCallback(() => look.current(), [])
  return { value, failure, again }
}

/** The time, renewed every half minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
