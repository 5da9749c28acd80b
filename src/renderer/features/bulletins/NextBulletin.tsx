import type { BulletinPlanView, LeftOutView } from '#contract/bulletin-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { BulletinItem } from '#domain/bulletins/bulletin.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { MINUTE } from '#domain/durations.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { BulletinItems } from './BulletinItems.tsx'
import classes from './Bulletins.module.css'
import { HoldDialog } from './HoldDialog.tsx'

type Props = { incident: IncidentView; plan: BulletinPlanView }

/** Moves an element by one place. */
function moved(order: readonly string[], from: number, by: 1 | -1): string[] {
  const next = [...order]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(from + by, 0, one)
  return next
}

/** What the next bulletin says as things are now: its order is changed here, and approved texts are held. */
export function NextBulletin({ incident, plan }: Props) {
  const { t } = useTranslation('bulletins')
  const [held, setHeld] = useState<BulletinItem | null>(null)
  const { act, busy, failure, barred } = usePermittedAct('bulletins.reorder', { incident })
  const order = plan.items.map(({ wordingId }) => wordingId)
  const move = (index: number, by: 1 | -1) => void act({ incidentId: incident.id, order: moved(order, index, by) })
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <BulletinItems incidentId={incident.id} items={plan.items}>
        {(item, index) => (
          <div className={classes['acts']}>
            {index > 0 && (
              <ActButton quiet size="compact-xs" busy={busy} barred={barred} onAct={() => move(index, -1)}>
                <span aria-hidden="true">↑</span>
                <span className="visually-hidden">{t('up', { title: item.title })}</span>
              </ActButton>
            )}
            {index < order.length - 1 && (
              <ActButton quiet size="compact-xs" busy={busy} barred={barred} onAct={() => move(index, 1)}>
                <span aria-hidden="true">↓</span>
                <span className="visually-hidden">{t('down', { title: item.title })}</span>
              </ActButton>
            )}
            {item.pushed && (
              <ActButton quiet size="compact-xs" barred={barred} onAct={() => setHeld(item)}>
                {t('hold.open')}
              </ActButton>
            )}
          </div>
        )}
      </BulletinItems>
      {plan.left.length > 0 && (
        <section className={classes['left']} aria-label={t('left.title')}>
          <h3>{t('left.title')}</h3>
          <ul>
            {plan.left.map((one) => (
              <li key={one.wordingId}>
                <Left incident={incident} one={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {held && <HoldDialog incident={incident} item={held} onClose={() => setHeld(null)} />}
    </>
  )
}

function Left({ incident, one }: { incident: IncidentView; one: LeftOutView }) {
  const { t, i18n } = useTranslation('bulletins')
  const now = useNow(MINUTE)
  const { act, busy, failure, barred } = usePermittedAct('bulletins.release', { incident })
  const { wordingId, title, number, why, detail, hold } = one
  return (
    <>
      <Link to={`/incidents/${incident.id}/wording/${wordingId}`}>{title}</Link> <span>{t('revision', { number })}</span>{' '}
      <span>{t(`left.${why}`, { detail })}</span>{' '}
      {hold && <span>{t('left.by', { name: hold.byName, time: formatMoment(hold.at, now, i18n.language) })}</span>}{' '}
      {hold && (
        <ActButton quiet size="compact-xs" busy={busy} barred={barred} onAct={() => void act({ incidentId: incident.id, wordingId })}>
          {t('left.release')}
        </ActButton>
      )}
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
