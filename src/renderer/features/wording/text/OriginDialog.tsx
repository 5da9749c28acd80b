import { useRead } from '#client/use-read.ts'
import type { WordingView } from '#contract/wording-api.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import { ComparedRevisions } from './ComparedRevisions.tsx'

type Props = { wording: WordingView; origin: NonNullable<WordingView['origin']>; onClose: () => void }

/** The difference between a text and what its origin in the standing library says by now. */
export function OriginDialog({ wording, origin, onClose }: Props) {
  const { t } = useTranslation('wording')
  const source = useRead('wordings.get', { incidentId: null, wordingId: origin.wordingId })
  const now = source.data?.live?.revisionId ?? source.data?.revisions[0]?.id
  const [last] = wording.revisions
  return (
    <Dialog title={t('origin.title', { title: origin.title })} size={860} onClose={onClose}>
      {source.failure && <FailureNotice failure={source.failure} onRetry={source.readAgain} />}
      {!last && <p>{t('origin.noRevision')}</p>}
      {now !== undefined && last && (
        <ComparedRevisions
          from={{ incidentId: wording.incidentId, revisionId: last.id }}
          to={{ incidentId: null, revisionId: now }}
          title={t('origin.difference', { number: last.number })}
        />
      )}
    </Dialog>
  )
}
