import { useRead } from '#client/use-read.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import type { RiskView } from '#contract/risk-api.ts'
import { HOUR } from '#domain/durations.ts'
import type { CurveKind } from '#domain/risk/curves.ts'
import { figureOfSeries } from '#domain/risk/series-figure.ts'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatClock, formatExact } from '#ui/time/format-time.ts'
import { SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRiskWords } from '../risk-words.ts'
import type { CurveDrawing } from './curve-option.ts'
import { curveKinds, isReachable, pictureOf, within } from './curve-picture.ts'
import { CurveTable } from './CurveTable.tsx'
import styles from './Curve.module.css'

const CurveChart = lazy(async () => ({ default: (await import('./CurveChart.tsx')).CurveChart }))

type Props = {
  incidentId: string
  series: SeriesView
  turningPoints: RiskView['turningPoints']
  suggestions: RiskView['suggestions']
  /** Hours to show, counted back from the last measurement; null: all. */
  hours: number | null
  height: number
  small?: boolean
  /** A control to change how the series is read. */
  revise?: ReactNode
}

/** One series as a curve with the incident's turning points and the alarm threshold, and its figures as a table. */
export function Curve({ incidentId, series, turningPoints, suggestions, hours, height, small = false, revise }: Props) {
  const { t, i18n } = useTranslation('risk')
  const words = useRiskWords()
  const kinds = curveKinds(series.metric, series.reading)
  const [kind, setKind] = useState<CurveKind>(kinds[0] ?? 'hourly')
  const read = useRead('incidents.seriesPoints', { incidentId, seriesId: series.id })
  const points = read.data?.points
  const { language } = i18n
  const countsMedia = figureOfSeries(series) === 'mainstreamMedia'
  const picture = useMemo(
    () => (points ? pictureOf({ metric: series.metric, reading: series.reading, countsMedia }, points, kind) : null),
    [points, series.metric, series.reading, countsMedia, kind],
  )

  const unit = picture?.unit === 'percent' ? '%' : series.unit
  const value = (number: number) =>
    unit === '%' ? `${words.number(number)}%` : unit === '' ? words.number(number) : t('curve.value', { value: words.number(number), unit })
  const threshold = picture?.threshold
    ? { word: t(`threshold.${picture.threshold.kind}`, { percent: picture.threshold.percent ?? 0 }), at: picture.threshold.at }
    : null

  const first = picture?.points[0]?.[0] ?? 0
  const to = picture?.points.at(-1)?.[0] ?? 0
  const from = hours === null ? first : Math.max(first, to - hours * HOUR)
  const marks = [
    ...turningPoints.map(({ at, kind: point }) => ({ at, word: t(`terms:turningPoint.${point}`), confirmed: true })),
    ...suggestions
      .filter(({ seriesId }) => seriesId === series.id)
      .map(({ at, kind: point }) => ({ at, word: t('curve.suggested', { kind: t(`terms:turningPoint.${point}`) }), confirmed: false })),
  ].toSorted((a, b) => a.at - b.at)
  const drawn = JSON.stringify([marks, threshold?.word, from, to, small, language, unit])
  const drawing = useMemo((): CurveDrawing | null => {
    if (!picture || picture.points.length === 0) return null
    const steps = kind === 'hourly' && series.reading !== 'level'
    const shown = within(picture.points, from, to)
    const end = shown.at(-1)
    return {
      // The last hour is as wide as the others.
      points: steps && end ? [...shown, [end[0] + HOUR, end[1]]] : shown,
      threshold: threshold && typeof threshold.at !== 'number' ? { ...threshold, at: within(threshold.at, from, to) } : threshold,
      marks,
      // A single measurement has no width.
      from: from === to ? from - HOUR : from,
      to: steps || from === to ? to + HOUR : to,
      small,
      steps,
      share: series.metric === 'sentiment' && kind === 'hourly',
      words: {
        value,
        short: (number) => (unit === '%' ? `${words.short(number)}%` : words.short(number)),
        moment: (at) => formatExact(at, language),
        axis: (at) => axisWord(at, to - from, language),
      },
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `drawn` stands for everything below that is made anew each time but says the same
  }, [picture, drawn, kind])

  const last = picture?.points.at(-1)
  const kindWord = t(series.reading === 'level' && kind === 'hourly' ? 'curve.level' : `curve.kind.${kind}`)
  const label = t('curve.label', {
    name: series.name,
    kind: kindWord,
    value: last?.[1] === undefined || last[1] === null ? '–' : value(last[1]),
    marks: marks.length,
  })
  return (
    <figure className={styles['curve']} data-small={small || undefined}>
      <figcaption>
        <span className={styles['name']}>
          <b>{series.name}</b> <small>{t(`terms:metric.${series.metric}`)}</small>
        </span>
        <span className={styles['last']}>
          {series.last !== null && (
            <b data-digits="">
              {t('curve.last', {
                value:
                  series.unit === '%'
                    ? `${words.number(series.last)}%`
                    : series.unit === ''
                      ? words.number(series.last)
                      : t('curve.value', { value: words.number(series.last), unit: series.unit }),
              })}
            </b>
          )}
          {series.to !== null && <Age at={series.to} />}
        </span>
        {revise}
      </figcaption>
      {kinds.length > 1 && (
        <SegmentedControl
          className={styles['kinds'] ?? ''}
          size="xs"
          aria-label={t('curve.kinds', { name: series.name })}
          value={kind}
          onChange={(chosen) => setKind(kinds.find((one) => one === chosen) ?? kind)}
          data={kinds.map((one) => ({
            value: one,
            label: t(series.reading === 'level' && one === 'hourly' ? 'curve.level' : `curve.kind.${one}`),
          }))}
        />
      )}
      {read.failure && <FailureNotice failure={read.failure} onRetry={read.readAgain} />}
      {drawing ? (
        <Suspense fallback={<div style={{ height }} />}>
          <CurveChart drawing={drawing} label={label} height={height} />
        </Suspense>
      ) : (
        <p className={styles['none']} style={{ minHeight: height }}>
          {points ? t(kind === 'growth' ? 'curve.tooShort' : 'curve.empty') : ''}
        </p>
      )}
      {threshold && picture && (typeof threshold.at !== 'number' || !isReachable(threshold.at, picture.points)) && (
        <p className={styles['threshold']} data-moving={typeof threshold.at === 'number' ? undefined : ''}>
          <i aria-hidden="true" /> {threshold.word}
        </p>
      )}
      {picture && picture.points.length > 0 && <CurveTable name={`${series.name} · ${kindWord}`} points={picture.points} word={value} />}
    </figure>
  )
}

/** The label of a time on the axis: the hour; at midnight and over many days the date. */
function axisWord(at: number, span: number, language: string): string {
  const date = new Date(at)
  const midnight = date.getHours() === 0 && date.getMinutes() === 0
  return midnight || span > 4 * 24 * HOUR
    ? date.toLocaleDateString(language === 'zh-Hans' ? 'zh-CN' : 'en-GB', { month: 'numeric', day: 'numeric' })
    : formatClock(at, language)
}
