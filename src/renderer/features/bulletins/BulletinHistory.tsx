import { useRead } from '#client/use-read.ts'
import type { BulletinRow } from '#contract/bulletin-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatClock, formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulletinDifference } from './BulletinDifference.tsx'
import classes from './Bulletins.module.css'

type Props = {
  incidentId: string
  /** The bulletin whose difference is shown; null for none. */
  open: string | null
  onOpen: (id: string | null) => void
}

/** The bulletins that have gone out or were missed, the last first, each with its difference to the one before. */
export function BulletinHistory({ incidentId, open, onOpen }: Props) {
  const { t } = useTranslation('bulletins')
  const [before, setBefore] = useState<number | null>(null)
  const { data, failure, readAgain } = useRead('bulletins.list', { incidentId, before })
  if (failure) return <FailureNotice failure={failure} onRetry={readAgain} />
  if (!data) return null
  if (data.bulletins.length === 0) return <p className={classes['none']}>{t('history.none')}</p>
  const last = data.bulletins.at(-1)
  return (
    <>
      <ul className={classes['history']}>
        {data.bulletins.map((bulletin) => (
          <li key={bulletin.id} data-mark={bulletin.mark}>
            <Issued bulletin={bulletin} open={open === bulletin.id} onOpen={onOpen} />
            {open === bulletin.id && <BulletinDifference incidentId={incidentId} bulletinId={bulletin.id} />}
          </li>
        ))}
      </ul>
      <div className={classes['acts']}>
        {before !== null && (
          <ActButton quiet readsOnly size="compact-xs" onAct={() => setBefore(null)}>
            {t('history.latest')}
          </ActButton>
        )}
        {data.more && last && (
          <ActButton quiet readsOnly size="compact-xs" onAct={() => setBefore(last.number)}>
            {t('history.earlier')}
          </ActButton>
        )}
      </div>
    </>
  )
}

function Issued({ bulletin, open, onOpen }: { bulletin: BulletinRow; open: boolean; onOpen: Props['onOpen'] }) {
  const { t, i18n } = useTranslation('bulletins')
  const now = useNow(MINUTE)
  const { id, number, slot, issuedAt, mark, items, left, requestedByName } = bulletin
  const said = mark === 'missed' ? '' : items.length === 0 ? t('none') : t('history.changes', { count: items.length })
  return (
    <p className={classes['issued']}>
      <b>{t('history.number', { number })}</b>
      <span data-digits="">{formatMoment(slot ?? issuedAt, now, i18n.language)}</span>
      {mark === 'missed' && <strong>{t('mark.missed')}</strong>}
      {mark === 'late' && <strong>{t('mark.late', { time: formatClock(issuedAt, i18n.language) })}</strong>}
      {mark === 'out-of-turn' && <span>{t('mark.out-of-turn', { name: requestedByName ?? '' })}</span>}
      {said !== '' && <span>{said}</span>}
      {(items.length > 0 || left.length > 0) && (
        <ActButton quiet readsOnly size="compact-xs" onAct={() => onOpen(open ? null : id)}>
          {open ? t('history.close') : t('history.open', { number })}
        </ActButton>
      )}
    </p>
  )
}
