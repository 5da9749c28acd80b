import type { WordingRow } from '#contract/wording-api.ts'
import { PendingMark } from '#ui/PendingMark.tsx'
import { useTranslation } from 'react-i18next'
import { newerInReview, readyBeside } from './library-rows.ts'
import classes from './Library.module.css'

/** What is special about a text, in words: released before approval, a newer revision, an origin that moved on. */
export function RowMarks({ row }: { row: WordingRow }) {
  const { t } = useTranslation('wording')
  const newer = newerInReview(row)
  const ready = readyBeside(row)
  return (
    <>
      {row.live?.unapproved && <span className={classes['flag']}>{t('mark.unapproved')}</span>}
      {newer !== null && <span className={classes['note']}>{t('mark.newer', { number: newer })}</span>}
      {ready !== null && <span className={classes['note']}>{t('mark.ready', { number: ready })}</span>}
      {row.draftAhead && row.last !== null && <span className={classes['note']}>{t('mark.draftAhead')}</span>}
      {row.origin?.movedOn && <span className={classes['note']}>{t('mark.movedOn')}</span>}
      <PendingMark pending={row.pending} quiet />
    </>
  )
}
