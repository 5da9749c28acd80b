import type { IncidentView } from '#contract/incident-api.ts'
import type { ClockState } from '#domain/incidents/clocks.ts'
import { CLOCK_SOON_MS } from '#domain/incidents/due-times.ts'
import { nextClocks } from './next-clocks.ts'

export type ClockAlarm = { key: string; kind: 'soon' | 'late'; incident: IncidentView; clock: ClockState }

/**
 * The alarms to announce at `now` (EN-03): clocks with 15 minutes or less left, and clocks that ran out since `openedAt`. Clocks that ran
 * out before the app was opened are not announced; the top bar shows them. `key` identifies an alarm.
 */
export function clockAlarms(incidents: readonly IncidentView[], openedAt: number, now: number): ClockAlarm[] {
  return nextClocks(incidents).flatMap(({ incident, clock }): ClockAlarm[] => {
    const kind = clock.dueAt > now ? 'soon' : 'late'
    if (kind === 'soon' ? clock.dueAt - now > CLOCK_SOON_MS : clock.dueAt < openedAt) return []
    return [{ key: `${kind} ${incident.id} ${clock.id} ${clock.dueAt}`, kind, incident, clock }]
  })
}

/** Keys of announced alarms that no longer apply. They are withdrawn, and announced again if they apply again. */
export function outdated(told: ReadonlySet<string>, standing: readonly ClockAlarm[]): string[] {
  const keys = new Set(standing.map(({ key }) => key))
  return [...told].filter((key) => !keys.has(key))
}
