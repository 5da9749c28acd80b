import type { IncidentOutline } from '#contract/overview-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { CLOCK_IDS, clockStatus, type ClockId } from '#domain/incidents/clocks.ts'
import { endOfClocks } from '#domain/incidents/incident.ts'
import { SERIES_METRICS, type SeriesMetric } from '#domain/series/series.ts'
import { LevelMark } from '#ui/LevelMark.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useSpan } from '#ui/time/use-span.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { wordOffset, zeroOf, type Alignment } from './alignment.ts'
import styles from './FactTable.module.css'

/** The facts of both incidents side by side. */
export function FactTable({ a, b, by }: { a: IncidentOutline; b: IncidentOutline; by: Alignment }) {
  const { t } = useTranslation('compare')
  const clocks = CLOCK_IDS.filter((id) => [a, b].some((side) => side.incident.clocks.some((clock) => clock.id === id)))
  const metrics = SERIES_METRICS.filter((metric) => [a, b].some((side) => side.peaks.some((peak) => peak.metric === metric)))
  const row = (id: string, name: string, cell: (side: IncidentOutline) => ReactNode) => (
    <tr key={id}>
      <th scope="row">{name}</th>
      <td>{cell(a)}</td>
      <td>{cell(b)}</td>
    </tr>
  )
  const offset = (side: IncidentOutline, at: number) => wordOffset(at - zeroOf(side, by), t)
  const number = useNumber()
  return (
    <table className={styles['facts']}>
      <caption className="visually-hidden">{t('facts')}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles['corner']}>
            <span className="visually-hidden">{t('fact.name')}</span>
          </th>
          <th scope="col" data-side="a">
            <b aria-hidden="true">A</b> <span className={styles['name']}>{a.incident.title}</span>
          </th>
          <th scope="col" data-side="b">
            <b aria-hidden="true">B</b> <span className={styles['name']}>{b.incident.title}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {row('level', t('fact.level'), (side) => (
          <Levels side={side} offset={(at) => offset(side, at)} />
        ))}
        {row('stage', t('fact.stage'), (side) => (
          <StagePath stage={side.incident.stage} compact />
        ))}
        {row('risk', t('fact.risk'), (side) => (
          <span className={styles['risk']}>
            {side.composite === null ? t('unknown') : <RiskMark grade={side.composite} />}
            {side.highest && side.highest.grade !== side.composite && <small>{t('highest', { grade: side.highest.grade })}</small>}
          </span>
        ))}
        {row('firstStatement', t('fact.firstStatement'), (side) => {
          const first = side.entries.find((entry) => entry.kind === 'statement')
          return first ? offset(side, first.at) : t('none')
        })}
        {clocks.map((id) => row(`clock-${id}`, t(`terms:clock.${id}`), (side) => <ClockFact side={side} id={id} />))}
        {row('decisions', t('fact.decisions'), (side) => number(side.entries.filter((entry) => entry.kind === 'decision').length))}
        {row('entries', t('fact.entries'), (side) => number(side.incident.entryCount))}
        {row('tasks', t('fact.tasks'), (side) => t('tasks', { done: side.tasks.done, total: side.tasks.done + side.tasks.open }))}
        {metrics.map((metric) =>
          row(`peak-${metric}`, t('fact.peak', { metric: t(`terms:metric.${metric}`) }), (side) => (
            <Peak side={side} metric={metric} offset={(at) => offset(side, at)} />
          )),
        )}
      </tbody>
    </table>
  )
}

function useNumber(): (value: number) => string {
  const { i18n } = useTranslation()
  return (value) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 })
}

function Levels({ side, offset }: { side: IncidentOutline; offset: (at: number) => string }) {
  return (
    <span className={styles['levels']}>
      {side.levels.map(({ at, level }, index) => (
        <span key={at}>
          {index > 0 && <span aria-hidden="true">→ </span>}
          <LevelMark level={level} /> {index > 0 && <small>{offset(at)}</small>}
        </span>
      ))}
    </span>
  )
}

function ClockFact({ side, id }: { side: IncidentOutline; id: ClockId }) {
  const { t } = useTranslation('compare')
  const now = useNow(MINUTE)
  const span = useSpan()
  const clock = side.incident.clocks.find((one) => one.id === id)
  if (!clock) return <span className={styles['soft']}>{t('noClock')}</span>
  const status = clockStatus(clock, now, endOfClocks(side.incident))
  if (status.kind === 'met') return <span data-tone="ok">✔ {t('clock.met', { span: span(status.earlyMs) })}</span>
  if (status.kind === 'met-late') return <span data-tone="warn">✔ {t('clock.metLate', { span: span(status.lateMs) })}</span>
  if (status.kind === 'stopped') return <span className={styles['soft']}>{t('ui:clock.stopped')}</span>
  if (status.kind === 'unmet') return <span data-tone="late">! {t('clock.never')}</span>
  if (status.kind === 'overdue') return <span data-tone="late">! {t('clock.overdue', { span: span(status.lateMs) })}</span>
  return <span>{t('clock.running', { span: span(status.leftMs) })}</span>
}

function Peak({ side, metric, offset }: { side: IncidentOutline; metric: SeriesMetric; offset: (at: number) => string }) {
  const { t } = useTranslation('compare')
  const number = useNumber()
  const peaks = side.peaks.filter((peak) => peak.metric === metric)
  if (peaks.length === 0) return <span className={styles['soft']}>{t('noNumber')}</span>
  return peaks.map(({ seriesId, name, unit, hourly, value, at }) => (
    <span key={seriesId} className={styles['peak']}>
      <b data-digits="">{t(hourly ? 'peakHourly' : 'peakLevel', { value: number(value), unit })}</b>{' '}
      <small title={name}>
        {offset(at)} · {name}
      </small>
    </span>
  ))
}
