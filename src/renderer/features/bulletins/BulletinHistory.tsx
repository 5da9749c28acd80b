import { useRead } from '#client/use-read.ts'
import type { BulletinRow } from '#contract/bulletin-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulletinDifference } from './BulletinDifference.tsx'
import classes from './Bulletins.module.css'
import { IssuedFacts } from './IssuedFacts.tsx'

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
  const { t } = useTranslation('bulletins')
  const { id, number, items, left } = bulletin
  return (
    <p className={classes['issued']}>
      <IssuedFacts bulletin={bulletin} />
      {(items.length > 0 || left.length > 0) && (
        <ActButton quiet readsOnly size="compact-xs" onAct={() => onOpen(open ? null : id)}>
          {open ? t('history.close') : t('history.open', { number })}
        </ActButton>
      )}
    </p>
  )
}
