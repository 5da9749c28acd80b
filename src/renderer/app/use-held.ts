import { useEffect, useState } from 'react'

/** Whether something has been so for `ms` without a break: what passes in a moment is never shown. */
export function useHeld(so: boolean, ms: number): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setHeld(so), so ? ms : 0)
    return () => clearTimeout(timer)
  }, [so, ms])
  return so && held
}
