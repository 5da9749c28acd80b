import type { ReviewRow } from '#contract/wording-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { waitingKind } from './waiting-kind.ts'
import classes from './WaitingList.module.css'

const pathOf = ({ incidentId, wordingId }: ReviewRow) =>
  `${incidentId === null ? '' : `/incidents/${incidentId}`}/wording/${wordingId}?part=approval`

/** A text to approve; the action opens it, because it is read before it is approved. */
export const waitingReview = waitingKind('review', ({ review }, now) => ({
  key: review.revisionId,
  path: pathOf(review),
  what: <What review={review} now={now} />,
  act: <ReadAct review={review} />,
}))

function What({ review, now }: { review: ReviewRow; now: number }) {
  const { t, i18n } = useTranslation('incidents')
  const late = review.dueAt < now
  return (
    <>
      {t('waiting.revision', { title: review.title, number: review.number })}
      <span className={classes['due']} data-late={late ? '' : undefined}>
        {t(late ? 'waiting.late' : 'waiting.due', { time: formatMoment(review.dueAt, now, i18n.language) })}
      </span>
    </>
  )
}

function ReadAct({ review }: { review: ReviewRow }) {
  const { t } = useTranslation('incidents')
  const navigate = useNavigate()
  return (
    <ActButton quiet readsOnly size="compact-xs" onAct={() => void navigate(pathOf(review))}>
      {t('waiting.act.review')}
    </ActButton>
  )
}
