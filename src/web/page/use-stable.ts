import { useCallback, useEffect, useRef } from 'react'

/** A callback that stays the same and calls the newest one, so that a memoized component is not drawn again for it. */
export function useStable<Args extends readonly unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  return useCallback((...args: Args) => latest.current(...args), [])
}
