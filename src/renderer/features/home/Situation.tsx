import type { WallView } from '#contract/overview-api.ts'
import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { Brief } from './Brief.tsx'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ClockChip } from '#ui/ClockChip.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { nextClock } from '#domain/incidents/clocks.ts'
import classes from './Situation.module.css'

const WallCurve = lazy(async () => ({ default: (await import('#features/wall')).WallCurve }))

/** Font size of the curve, relative to that on the wall. */
const UNIT = 0.46
const OTHERS = 4

/** The most urgent open incident in full with its curve; one line for each of the others. */
export function Situation({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t } = useTranslation('home')
  const [first, ...others] = incidents
  const view = useWallView(first)
  if (!first) return null
  const curve = view?.curve
  return (
    <section aria-label={t('situation')}>
      <Brief incident={first} />
      {view && curve && curve.points.length > 0 && (
        <figure className={classes['curve']}>
          <figcaption>{t(curve.hourly ? 'wall:curveHourly' : 'wall:curveLevel', { name: curve.name, unit: curve.unit })}</figcaption>
          <div className={classes['canvas']}>
            <Suspense fallback={null}>
              <WallCurve
                curve={curve}
                turningPoints={view.turningPoints}
                unit={UNIT}
                label={t('wall:curve', { name: curve.name, marks: view.turningPoints.length })}
              />
            </Suspense>
          </div>
        </figure>
      )}
      {others.length > 0 && (
        <ul className={classes['others']} aria-label={t('others')}>
          {others.slice(0, OTHERS).map((incident) => {
            const clock = nextClock(incident.clocks)
            return (
              <li key={incident.id}>
                <LevelMark level={incident.level} />
                <Link to={`/incidents/${incident.id}`}>{incident.title}</Link>
                {clock && <ClockChip clock={clock} />}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

/** The wall's data of one incident; undefined until it is read, and for a restricted incident, which the wall does not show. */
function useWallView(incident: IncidentView | undefined): WallView | undefined {
  return useRead('incidents.wall', incident && incident.restrictedTo === null ? { incidentId: incident.id } : null).data
}
