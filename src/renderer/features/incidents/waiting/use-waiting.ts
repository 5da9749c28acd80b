import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { isReadingOverdue, useGroups, useReachOfAll } from '#features/agents'
import { usePermits } from '#features/permissions'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import type { Waiting } from './waiting-kind.ts'

/** What waits for the member. `total` counts more than `items` when not all could be read. */
type WaitingReading = { items: readonly Waiting[]; total: number; failure: Failure | null; loading: boolean; readAgain(): void }

/** Whether agents have confirmed is asked this often. Milliseconds. */
const READING_MS = 15_000

/** Approvals first, because others wait for them; then tasks, clocks and risks in the order of the replica. */
export function useWaiting(limit: number): WaitingReading {
  const { t } = useTranslation('incidents')
  const incidents = useIncidents().data ?? []
  const own = useRead('incidents.waiting', { limit })
  const reviews = useRead('wordings.reviews', {})
  const asked = (reviews.data ?? []).map((review): Waiting => ({
    kind: 'review',
    incidentId: review.incidentId,
    incidentTitle: review.incidentTitle ?? t('waiting.library'),
    mode: incidents.find(({ id }) => id === review.incidentId)?.mode ?? 'real',
    review,
  }))
  const unread = useUnread(incidents)
  return {
    items: [...asked, ...unread, ...(own.data?.items ?? [])],
    total: asked.length + unread.length + (own.data?.total ?? 0),
    failure: own.failure ?? reviews.failure,
    loading: own.loading || reviews.loading,
    readAgain: () => {
      own.readAgain()
      reviews.readAgain()
    },
  }
}

/** Texts that agents have not confirmed in time: for the heads, the incident's commander, and the leads of the groups. */
function useUnread(incidents: readonly IncidentView[]): Waiting[] {
  const { t } = useTranslation('incidents')
  const { me, barredFrom } = usePermits()
  const { groups } = useGroups()
  const now = useNow(READING_MS)
  // Without the hub nobody knows who has confirmed; the pages of the texts say so.
  const { rows } = useReachOfAll(incidents, READING_MS)
  const isHead = barredFrom('agents.manage') === null
  const leads = (groupId: string) => groups.some(({ id, leads: of }) => id === groupId && of.some((lead) => lead === me?.id))
  return rows
    .filter((row) => isReadingOverdue(row, now))
    .filter((row) => isHead || row.incident?.commander === me?.id || row.groups.some(({ groupId }) => leads(groupId)))
    .map((reach) => ({
      kind: 'reading',
      incidentId: reach.incidentId,
      incidentTitle: reach.incident?.title ?? t('waiting.library'),
      mode: reach.incident?.mode ?? 'real',
      reach,
    }))
}
