import type { IncidentView } from '#contract/incident-api.ts'
import { INCIDENT_STATUSES, isLive } from '#domain/incidents/incident.ts'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

/** The status filters of the dashboard: everything that is not closed, one status, or all. */
export const DASHBOARD_STATUSES = ['running', ...INCIDENT_STATUSES, 'all'] as const

export type DashboardFilterState = { status: (typeof DASHBOARD_STATUSES)[number]; drills: 'with' | 'without' | 'only'; text: string }

/** Whether an incident matches the filter. Every word of the text must occur in the title, the known facts or the commander's name. */
export function matchesFilter(incident: IncidentView, { status, drills, text }: DashboardFilterState): boolean {
  if (status === 'running' ? !isLive(incident) : status !== 'all' && incident.status !== status) return false
  if (drills !== 'with' && (incident.mode === 'drill') !== (drills === 'only')) return false
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const where = `${incident.title}\n${incident.known}\n${incident.commanderName}`.toLowerCase()
  return words.every((word) => where.includes(word))
}

function oneOf<T extends string>(value: string | null, options: readonly [T, ...T[]]): T {
  return options.find((option) => option === value) ?? options[0]
}

/** The dashboard's filter, kept in the address. Local state takes precedence, because the address updates too late for typing. */
export function useDashboardFilter(): [DashboardFilterState, (filter: DashboardFilterState) => void] {
  const [params, setParams] = useSearchParams()
  const [filter, setFilter] = useState<DashboardFilterState>(() => ({
    status: oneOf(params.get('status'), DASHBOARD_STATUSES),
    drills: oneOf(params.get('drills'), ['with', 'without', 'only']),
    text: params.get('text') ?? '',
  }))
  const change = (next: DashboardFilterState) => {
    setFilter(next)
    const kept = new URLSearchParams()
    if (next.status !== 'running') kept.set('status', next.status)
    if (next.drills !== 'with') kept.set('drills', next.drills)
    if (next.text) kept.set('text', next.text)
    setParams(kept, { replace: true })
  }
  return [filter, change]
}
