import type { IncidentView } from '#contract/incident-api.ts'
import { useState } from 'react'
import { isUnderWay } from './order-of-urgency.ts'
import { useSearchParams } from 'react-router'

export type DeskFilterState = { status: 'open' | 'closed' | 'all'; drills: 'with' | 'without' | 'only'; text: string }

/** Whether an incident is to be shown. Every word of the text must occur in title, known facts or commander's name. */
export function matchesFilter(incident: IncidentView, { status, drills, text }: DeskFilterState): boolean {
  if (status !== 'all' && isUnderWay(incident) !== (status === 'open')) return false
  if (drills !== 'with' && (incident.mode === 'drill') !== (drills === 'only')) return false
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const where = `${incident.title}\n${incident.known}\n${incident.commanderName}`.toLowerCase()
  return words.every((word) => where.includes(word))
}

function oneOf<T extends string>(value: string | null, options: readonly [T, ...T[]]): T {
  return options.find((option) => option === value) ?? options[0]
}

/** The desk's filter, kept in the address. The page's own state goes first: the address follows too late for typing. */
export function useDeskFilter(): [DeskFilterState, (filter: DeskFilterState) => void] {
  const [params, setParams] = useSearchParams()
  const [filter, setFilter] = useState<DeskFilterState>(() => ({
    status: oneOf(params.get('status'), ['open', 'closed', 'all']),
    drills: oneOf(params.get('drills'), ['with', 'without', 'only']),
    text: params.get('text') ?? '',
  }))
  const change = (next: DeskFilterState) => {
    setFilter(next)
    const kept = new URLSearchParams()
    if (next.status !== 'open') kept.set('status', next.status)
    if (next.drills !== 'with') kept.set('drills', next.drills)
    if (next.text) kept.set('text', next.text)
    setParams(kept, { replace: true })
  }
  return [filter, change]
}
