import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentOutline } from '#contract/overview-api.ts'
import { useSearchParams } from 'react-router'
import { ALIGNMENTS, SPANS, type Alignment, type Span } from './alignment.ts'

export type Side = 'a' | 'b'
export type ReadSide = { id: string | null; outline: IncidentOutline | null; failure: Failure | null }

function useSide(id: string | null): ReadSide {
  const { data, failure } = useRead('incidents.outline', id === null ? null : { incidentId: id })
  return { id, outline: data ?? null, failure: data ? null : failure }
}

/** The parameters of the comparison from the address, and both incidents. */
export function useComparison() {
  const [address, setAddress] = useSearchParams()
  const idA = address.get('a')
  const idB = address.get('b') === idA ? null : address.get('b')
  const a = useSide(idA)
  const b = useSide(idB)
  const put = (change: Record<string, string | null>) =>
    setAddress(
      (now) => {
        const next = new URLSearchParams(now)
        for (const [name, value] of Object.entries(change)) {
          if (value === null) next.delete(name)
          else next.set(name, value)
        }
        return next
      },
      { replace: true },
    )
  return {
    a,
    b,
    by: ALIGNMENTS.find((one) => one === address.get('by')) ?? 'declared',
    span: SPANS.find((one) => one === address.get('span')) ?? '72',
    choose: (side: Side, id: string | null) => put({ [side]: id }),
    align: (by: Alignment) => put({ by }),
    show: (span: Span) => put({ span }),
    swap: () => put({ a: idB, b: idA }),
  }
}
