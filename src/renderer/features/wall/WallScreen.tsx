import { useRead } from '#client/use-read.ts'
import type { WallView } from '#contract/overview-api.ts'
import { STAGES } from '#domain/incidents/incident.ts'
import { Age } from '#ui/Age.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import { StatusMark } from '#ui/StatusMark.tsx'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { WallClocks } from './WallClocks.tsx'
import { WallEntries } from './WallEntries.tsx'
import { WallTasks } from './WallTasks.tsx'
import styles from './WallScreen.module.css'

const WallCurve = lazy(async () => ({ default: (await import('./WallCurve.tsx')).WallCurve }))

/** One incident on the wall: level, next clock, tasks, spread, and the latest decisions and statements. */
export function WallScreen({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('wall')
  const { data, failure } = useRead('incidents.wall', { incidentId })
  if (!data) return <p className={styles['absent']}>{failure && (failure.code === 'disconnected' ? t('unread') : t('absent'))}</p>
  return <Picture view={data} />
}

function Picture({ view }: { view: WallView }) {
  const { t } = useTranslation('wall')
  const { incident, curve } = view
  const stage = t('ui:stageLabel', { stage: t(`terms:stage.${incident.stage}`), step: STAGES.indexOf(incident.stage) + 1 })
  return (
    <>
      <header className={styles['head']} data-level={incident.level}>
        <span className={styles['level']}>
          <LevelMark level={incident.level} />
        </span>
        <div className={styles['what']}>
          <h1>
            {incident.mode !== 'real' && <DrillMark mode={incident.mode} />} {incident.title}
          </h1>
          <p>
            <StatusMark status={incident.status} />
            <span>{stage}</span>
            <span>
              {t('since')} <Age at={incident.declaredAt} />
            </span>
          </p>
        </div>
        <p className={styles['commander']}>
          <span>{t('commander')}</span>
          <b>{incident.commanderName}</b>
        </p>
      </header>
      <div className={styles['now']}>
        <Guarded of={view}>
          <WallClocks incident={incident} />
        </Guarded>
        <Guarded of={view}>
          <WallTasks tasks={view.tasks} />
        </Guarded>
      </div>
      <div className={styles['course']}>
        <section className={styles['risk']} aria-label={t('risk')}>
          <div className={styles['riskHead']}>
            <h2>{t('risk')}</h2>
            {view.composite === null ? <span>{t('riskNone')}</span> : <RiskMark grade={view.composite} />}
            {curve && (
              <span className={styles['curveName']}>
                {t(curve.hourly ? 'curveHourly' : 'curveLevel', { name: curve.name, unit: curve.unit })}
              </span>
            )}
          </div>
          {curve && curve.points.length > 0 && (
            <div className={styles['curve']}>
              <Guarded of={view}>
                <Suspense fallback={null}>
                  <WallCurve
                    curve={curve}
                    turningPoints={view.turningPoints}
                    label={t('curve', { name: curve.name, marks: view.turningPoints.length })}
                  />
                </Suspense>
              </Guarded>
            </div>
          )}
        </section>
        <Guarded of={view}>
          <WallEntries entries={view.entries} />
        </Guarded>
      </div>
      <p className={styles['ages']}>
        <span>
          {view.newestEntryAt === null ? t('noEntry') : t('newestEntry')} {view.newestEntryAt !== null && <Age at={view.newestEntryAt} />}
        </span>
        <span>
          {view.newestNumberAt === null ? t('noNumber') : t('newestNumber')}{' '}
          {view.newestNumberAt !== null && <Age at={view.newestNumberAt} />}
        </span>
      </p>
    </>
  )
}
