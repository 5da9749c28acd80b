import { useRead } from '#client/use-read.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import type { IncidentOutline } from '#contract/overview-api.ts'
import { hourlyCurve, type CurvePoint } from '#domain/risk/curves.ts'
import { SERIES_METRICS, type SeriesMetric } from '#domain/series/series.ts'
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './CompareCurves.module.css'

const OverlayChart = lazy(async () => ({ default: (await import('./OverlayChart.tsx')).OverlayChart }))

const HEIGHT = 230
const SCALES = ['figures', 'own-peak'] as const

type Props = { a: IncidentOutline; b: IncidentOutline; zeroA: number; zeroB: number; range: { from: number; to: number }; cursor: number }

/** The series of an outline used for a metric: the longest. */
function seriesOf(outline: IncidentOutline, metric: SeriesMetric): SeriesView | null {
  return (
    outline.series.filter((one) => one.metric === metric && one.points > 0).toSorted((one, other) => other.points - one.points)[0] ?? null
  )
}

/** The curves of one metric overlaid, aligned at T+0. */
export function CompareCurves({ a, b, zeroA, zeroB, range, cursor }: Props) {
  const { t } = useTranslation('compare')
  const metrics = SERIES_METRICS.filter((metric) => seriesOf(a, metric) ?? seriesOf(b, metric))
  const [chosen, setChosen] = useState<SeriesMetric | null>(null)
  const [scale, setScale] = useState<(typeof SCALES)[number]>('figures')
  const metric = metrics.find((one) => one === chosen) ?? metrics[0]
  const seriesA = metric ? seriesOf(a, metric) : null
  const seriesB = metric ? seriesOf(b, metric) : null
  const curveA = useCurve(a.incident.id, seriesA, zeroA)
  const curveB = useCurve(b.incident.id, seriesB, zeroB)
  const share = scale === 'own-peak'
  const drawnA = useMemo(() => (share ? ofOwnPeak(curveA) : curveA), [curveA, share])
  const drawnB = useMemo(() => (share ? ofOwnPeak(curveB) : curveB), [curveB, share])
  const isEmpty = ![...drawnA, ...drawnB].some(([at, value]) => value !== null && at >= range.from && at <= range.to)
  if (!metric) return <p className={styles['none']}>{t('noCurves')}</p>
  const word = t(`terms:metric.${metric}`)
  return (
    <section className={styles['curves']} aria-label={t('curves')}>
      <div className={styles['choices']}>
        <NativeSelect
          size="xs"
          aria-label={t('metric')}
          value={metric}
          onChange={(event) => setChosen(metrics.find((one) => one === event.currentTarget.value) ?? null)}
          data={metrics.map((one) => ({ value: one, label: t(`terms:metric.${one}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('scale')}
          value={scale}
          onChange={(value) => setScale(SCALES.find((one) => one === value) ?? 'figures')}
          data={SCALES.map((one) => ({ value: one, label: t(`scales.${one}`) }))}
        />
        <span className={styles['series']} data-side="a">
          <i aria-hidden="true" /> A {seriesA ? `${seriesA.name}${seriesA.unit && ` (${seriesA.unit})`}` : t('noNumber')}
        </span>
        <span className={styles['series']} data-side="b">
          <i aria-hidden="true" /> B {seriesB ? `${seriesB.name}${seriesB.unit && ` (${seriesB.unit})`}` : t('noNumber')}
        </span>
      </div>
      {isEmpty && <p className={styles['none']}>{t('emptyCurves')}</p>}
      <Suspense fallback={<div style={{ height: HEIGHT }} />}>
        <OverlayChart
          a={drawnA}
          b={drawnB}
          share={share}
          range={range}
          cursor={cursor}
          height={HEIGHT}
          label={t('curveLabel', { metric: word })}
        />
      </Suspense>
    </section>
  )
}

const NO_POINTS: readonly CurvePoint[] = []

/** The hourly series, with times as offsets from T+0. */
function useCurve(incidentId: string, series: SeriesView | null, zero: number): readonly CurvePoint[] {
  const points = useRead('incidents.seriesPoints', series ? { incidentId, seriesId: series.id } : null).data?.points
  const reading = series?.reading ?? 'level'
  return useMemo(
    () => (points ? hourlyCurve(points, reading).map(([at, value]): CurvePoint => [at - zero, value]) : NO_POINTS),
    [points, reading, zero],
  )
}

function ofOwnPeak(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const peak = points.reduce((most, [, value]) => Math.max(most, value ?? 0), 0)
  return peak === 0 ? points : points.map(([at, value]): CurvePoint => [at, value === null ? null : (value / peak) * 100])
}
