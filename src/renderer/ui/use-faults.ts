import { useState } from 'react'

const NONE: ReadonlySet<string> = new Set()

/**
 * Which fields of a form hold text that cannot be read.
 * @param round once it changes, the fields were filled anew and none is faulty
 */
export function useFaults(round: number): { faulty: boolean; mark: (field: string, wrong: boolean) => void } {
  const [noted, setNoted] = useState({ round, fields: NONE })
  const fields = noted.round === round ? noted.fields : NONE
  const mark = (field: string, wrong: boolean) =>
    setNoted((now) => {
      const next = new Set(now.round === round ? now.fields : NONE)
      if (wrong) next.add(field)
      else next.delete(field)
      return { round, fields: next }
    })
  return { faulty: fields.size > 0, mark }
}
