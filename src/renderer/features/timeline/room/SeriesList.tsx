import { useRead } from '#client/use-read.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { useRoom } from '#features/room'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { Part } from '../entry/Part.tsx'
import { Sparkline } from './Sparkline.tsx'
import styles from './SeriesList.module.css'

/** The number series of the incident, each with its sparkline, first and last value. */
export function SeriesList() {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  const series = useRead('incidents.series', { incidentId: incident.id })
  if (series.failure) return <FailureNotice failure={series.failure} onRetry={series.readAgain} />
  if (!series.data || series.data.length === 0) return null
  return (
    <Part title={t('series.title', { number: series.data.length })}>
      <ul className={styles['series']}>
        {series.data.map((one) => (
          <SeriesItem key={one.id} series={one} />
        ))}
      </ul>
    </Part>
  )
}

function SeriesItem({ series }: { series: SeriesView }) {
  const { t, i18n } = useTranslation('timeline')
  const { incident } = useRoom()
  const read = useRead('incidents.seriesPoints', { incidentId: incident.id, seriesId: series.id })
  const now = useNow(MINUTE)
  const points = read.data?.points ?? []
  const number = (value: number | undefined | null) =>
    value === undefined || value === null ? '–' : value.toLocaleString(i18n.language, { maximumFractionDigits: 2 })
  const withUnit = (value: string) => (series.unit === '' ? value : `${value} ${series.unit}`)
  const first = points[0]
  return (
    <li className={styles['item']}>
      <div className={styles['name']}>
        <b>{series.name}</b>
        <small>
          {t(`terms:metric.${series.metric}`)} · {t('series.points', { number: number(series.points) })}
        </small>
      </div>
      <div className={styles['shape']}>
        <Sparkline points={points} label={t('series.shape', { name: series.name })} />
        <dl>
          <div>
            <dt>{series.from === null ? '' : formatMoment(series.from, now, i18n.language)}</dt>
            <dd>{withUnit(number(first?.[1]))}</dd>
          </div>
          <div>
            <dt>{series.to === null ? '' : formatMoment(series.to, now, i18n.language)}</dt>
            <dd>
              <b>{withUnit(number(series.last))}</b>
            </dd>
          </div>
        </dl>
      </div>
    </li>
  )
}
