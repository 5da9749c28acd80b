import { useCallback, useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'

/**
 * The query of the address, and a way to change it in place. A change is made to the address as it will be: two changes before
 * the next paint both stand, while `setSearchParams` would build the second on the address of the last paint.
 */
export function useAddress(): [address: URLSearchParams, change: (change: (next: URLSearchParams) => void) => void] {
  const [address, setAddress] = useSearchParams()
  const latest = useRef(address)
  useEffect(() => {
    latest.current = address
  }, [address])
  const change = useCallback(
    (make: (next: URLSearchParams) => void) => {
      const next = new URLSearchParams(latest.current)
      make(next)
      latest.current = next
      setAddress(next, { replace: true })
    },
    [setAddress],
  )
  return [address, change]
}
