import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { useTranslation } from 'react-i18next'
import type { Waiting } from './waiting-kind.ts'

/** What waits for the member. `total` counts more than `items` when not all could be read. */
type WaitingReading = { items: readonly Waiting[]; total: number; failure: Failure | null; loading: boolean; readAgain(): void }

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
  return {
    items: [...asked, ...(own.data?.items ?? [])],
    total: asked.length + (own.data?.total ?? 0),
    failure: own.failure ?? reviews.failure,
    loading: own.loading || reviews.loading,
    readAgain: () => {
      own.readAgain()
      reviews.readAgain()
    },
  }
}
