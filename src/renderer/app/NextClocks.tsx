import { useIncidents } from '#client/use-incidents.ts'
import { ClockChip } from '#ui/ClockChip.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { useTranslation } from 'react-i18next'
import { Link, useMatch } from 'react-router'
import classes from './NextClocks.module.css'
import { nextClocks } from './next-clocks.ts'

const SHOWN = 3

/** The next due clocks of all open incidents; each links to its incident. */
export function NextClocks() {
  const { t } = useTranslation('frame')
  const incidents = useIncidents().data ?? []
  // An incident page already shows its own clocks, so only those of other incidents are listed here.
  const here = useMatch('/incidents/:incidentId/*')?.params.incidentId
  const clocks = nextClocks(incidents.filter((incident) => incident.id !== here)).slice(0, SHOWN)
  if (clocks.length === 0 && here !== undefined) return null
  if (clocks.length === 0) return <p className={classes['none']}>{t('topBar.noClocks')}</p>
  return (
    <ul className={classes['clocks']} aria-label={t('topBar.clocks')}>
      {clocks.map(({ incident, clock }) => (
        <li key={`${incident.id} ${clock.id}`} className={classes['item']}>
          <Link to={`/incidents/${incident.id}`} className={classes['clock']} title={incident.title}>
            <span className={classes['incident']}>
              <LevelMark level={incident.level} shapeOnly />
              <span className={classes['title']}>{incident.title}</span>
              {incident.mode === 'drill' && <DrillMark />}
            </span>
            <ClockChip clock={clock} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
