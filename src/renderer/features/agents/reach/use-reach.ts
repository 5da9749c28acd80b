import { useReadEach } from '#client/use-read-each.ts'
import { useRead } from '#client/use-read.ts'
import type { ReachRow } from '#contract/agents-api.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { isLive } from '#domain/incidents/incident.ts'
import { usePermit } from '#features/permissions'

/** Confirmations are shown within this time. Milliseconds. */
const LIVE_MS = 2000
/** Maximum number of incidents that are asked about at once. */
const MOST_READ = 20

export type ReachText = ReachRow & { incidentId: string | null; title: string }

/** How far the live texts of an incident, or of the library, have come; asked again every two seconds. Vendors' members ask nothing. */
export function useReach(incidentId: string | null): { rows: ReachText[] | undefined; failure: Failure | null; readAgain(): void } {
  const barred = usePermit('agents.read')
  const { data, failure, readAgain } = useRead('agents.reach', barred === null ? { incidentId } : null, { every: LIVE_MS })
  const texts = useRead('wordings.list', { incidentId, removed: true }).data ?? []
  const titles = new Map(texts.map(({ id, title }) => [id, title]))
  return {
    // An answer that stays after a failure is old: nobody knows who has confirmed since.
    rows: failure ? undefined : data?.map((row) => ({ ...row, incidentId, title: titles.get(row.wordingId) ?? '' })),
    failure,
    readAgain,
  }
}

export type ReachOfIncident = ReachText & { incident: IncidentView | null }

/**
 * How far the live texts of the library and of all open incidents have come.
 * @param every milliseconds
 */
export function useReachOfAll(incidents: readonly IncidentView[], every: number): { rows: ReachOfIncident[]; failure: Failure | null } {
  const barred = usePermit('agents.read')
  const open = incidents.filter(isLive).slice(0, MOST_READ)
  const places = barred === null ? [null, ...open] : []
  const inputs = places.map((incident) => ({ incidentId: incident?.id ?? null }))
  const read = useReadEach('agents.reach', inputs, every)
  const lists = useReadEach(
    'wordings.list',
    inputs.map((input) => ({ ...input, removed: true })),
  )
  const rows = places.flatMap((incident, index) => {
    const titles = new Map((lists[index]?.data ?? []).map(({ id, title }) => [id, title]))
    const { data = [], failure = null } = read[index] ?? {}
    return failure
      ? []
      : data.map((row) => ({ ...row, incident, incidentId: incident?.id ?? null, title: titles.get(row.wordingId) ?? '' }))
  })
  return { rows, failure: read.find(({ failure }) => failure !== null)?.failure ?? null }
}
