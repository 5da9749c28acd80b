import type { IncidentView } from '#contract/incident-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { useTranslation } from 'react-i18next'
import classes from './Follow.module.css'
import { useFollowing } from './use-following.ts'

/** The followers of the incident by name, and the own follow setting with its meaning. */
export function FollowList({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('notices')
  const { view, barred, busy, toggle } = useFollowing(incident)
  if (view === null) return null
  return (
    <section className={classes['list']} aria-label={t('follow.heading')}>
      <div className={classes['head']}>
        <h3>{t('follow.heading')}</h3>
        <ActButton quiet size="compact-xs" barred={barred} busy={busy} shortcut="Shift+F" onAct={toggle}>
          {t(view.follows ? 'follow.leave' : 'follow.act')}
        </ActButton>
      </div>
      <p>
        {view.followers.length === 0 && t('follow.nobody')}
        {view.followers.map(({ id, name, why }) => (
          <span key={id} className={classes['person']} title={t(`follow.why.${why}`)}>
            {name}
          </span>
        ))}
      </p>
      <p className={classes['note']}>{t('follow.note')}</p>
    </section>
  )
}
