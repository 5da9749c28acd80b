import type { BulletinRow } from '#contract/bulletin-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { formatClock, formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'

/** The number of a bulletin, its hour, whether it was missed, late or out of turn, and how many changes it told. */
export function IssuedFacts({ bulletin }: { bulletin: BulletinRow }) {
  const { t, i18n } = useTranslation('bulletins')
  const now = useNow(MINUTE)
  const { number, slot, issuedAt, mark, items, requestedByName } = bulletin
  return (
    <>
      <b>{t('history.number', { number })}</b>
      <span data-digits="">{formatMoment(slot ?? issuedAt, now, i18n.language)}</span>
      {mark === 'missed' && <strong>{t('mark.missed')}</strong>}
      {mark === 'late' && <strong>{t('mark.late', { time: formatClock(issuedAt, i18n.language) })}</strong>}
      {mark === 'out-of-turn' && <span>{t('mark.out-of-turn', { name: requestedByName ?? '' })}</span>}
      {mark !== 'missed' && <span>{items.length === 0 ? t('none') : t('history.changes', { count: items.length })}</span>}
    </>
  )
}
