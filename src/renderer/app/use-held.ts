import { useEffect, useState } from 'react'

/** Whether `so` has been true for `ms` milliseconds without interruption. Filters out short changes. */
export function useHeld(so: boolean, ms: number): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setHeld(so), so ? ms : 0)
    return () => clearTimeout(timer)
  }, [so, ms])
  return so && held
}
