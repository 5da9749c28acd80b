import type { BootstrapProgress } from '#contract/workspace-api.ts'
import { formatBytes } from '#ui/format-bytes.ts'
import { useTranslation } from 'react-i18next'
import { LeaveTeam } from '../account/LeaveTeam.tsx'
import classes from './ArrivingScreen.module.css'

/** Progress of a new device downloading the team's data, in bytes; states that nothing of it is lost. */
export function ArrivingScreen({ arriving, teamName }: { arriving: BootstrapProgress; teamName: string }) {
  const { t } = useTranslation('team')
  const { state, received, size } = arriving
  const amounts = { received: formatBytes(received), size: formatBytes(size ?? 0) }
  return (
    <main className={classes['screen']} data-state={state}>
      <h1 className={classes['title']}>{t('arrive.title', { team: teamName })}</h1>
      {size !== null && <progress className={classes['bar']} aria-label={t('arrive.label')} max={size} value={received} />}
      <p className={classes['lead']}>
        {size === null
          ? t(state === 'waiting' ? 'arrive.notYet' : 'arrive.asking')
          : t(state === 'waiting' ? 'arrive.waiting' : 'arrive.fetching', amounts)}
      </p>
      <p className={classes['kept']}>{t('arrive.later')}</p>
      <section className={classes['way']}>
        <h2>{t('leave.title')}</h2>
        <LeaveTeam unsent={0} teamName={teamName} />
      </section>
    </main>
  )
}
