import {
  accelerationCurve,
  growthCurve,
  hourlyCurve,
  totalAtGrowth,
  totalCurve,
  type CurveKind,
  type CurvePoint,
} from '#domain/risk/curves.ts'
import { RISK_SCALES } from '#domain/risk/risk.ts'
import type { SeriesMetric, SeriesPoint, SeriesReading } from '#domain/series/series.ts'

/** A threshold of a curve: a constant, or a line that follows the usual level. */
export type Threshold = {
  kind: 'growth' | 'share' | 'media' | 'enquiries' | 'acceleration'
  percent: number | null
  at: number | readonly CurvePoint[]
}

/** The drawing of a series. */
export type CurvePicture = { points: readonly CurvePoint[]; threshold: Threshold | null; unit: 'own' | 'percent' }

/** The kinds of curve for a series, the most useful first. */
export function curveKinds(metric: SeriesMetric, reading: SeriesReading): readonly CurveKind[] {
  if (reading === 'level') return metric === 'sentiment' ? ['hourly'] : ['hourly', 'growth']
  return metric === 'influence' ? ['total', 'hourly', 'growth'] : ['hourly', 'total', 'growth']
}

/** The alarm limit of a figure, from its source. */
function alarmOf(figure: (typeof RISK_SCALES)[number]['figure']): number {
  return RISK_SCALES.find((one) => one.figure === figure)?.sourced ?? 0
}

/**
 * The curve of a series and its alarm threshold: growth over 200 % (AN-01), a negative share over 70 % (AN-02), more than three media
 * (AN-03), enquiries up 50 % (AN-04), three hours over twice the usual (004-15).
 */
export function pictureOf(
  series: { metric: SeriesMetric; reading: SeriesReading; countsMedia: boolean },
  points: readonly SeriesPoint[],
  kind: CurveKind,
): CurvePicture {
  const { metric, reading } = series
  const growth = metric === 'business' ? alarmOf('enquiryGrowth') : alarmOf('growth24h')
  const watched = metric === 'spread' || metric === 'business'
  const growthKind = metric === 'business' ? 'enquiries' : 'growth'
  if (kind === 'growth') {
    const threshold: Threshold | null = watched ? { kind: growthKind, percent: growth, at: growth } : null
    return { points: growthCurve(points, reading), threshold, unit: 'percent' }
  }
  if (kind === 'total') {
    const at = watched ? totalAtGrowth(points, reading, growth) : null
    const media = alarmOf('mainstreamMedia')
    const threshold: Threshold | null =
      at !== null ? { kind: growthKind, percent: growth, at } : series.countsMedia ? { kind: 'media', percent: null, at: media } : null
    return { points: totalCurve(points, reading), threshold, unit: 'own' }
  }
  const share = alarmOf('negativeShare')
  const threshold: Threshold | null =
    metric === 'spread' && reading !== 'level'
      ? { kind: 'acceleration', percent: null, at: accelerationCurve(points, reading) }
      : metric === 'sentiment'
        ? { kind: 'share', percent: share, at: share }
        : null
  return { points: hourlyCurve(points, reading), threshold, unit: metric === 'sentiment' ? 'percent' : 'own' }
}

/** Whether to draw a threshold: one far above the data would flatten the curve, so it is stated below instead. */
export function isReachable(threshold: number, points: readonly CurvePoint[]): boolean {
  const highest = points.reduce((most, [, value]) => Math.max(most, value ?? 0), 0)
  return threshold <= Math.max(highest * 3, 100)
}

/** The part of a curve between two times; undefined ends are open. */
export function within(points: readonly CurvePoint[], from: number | undefined, to: number | undefined): CurvePoint[] {
  return points.filter(([at]) => (from === undefined || at >= from) && (to === undefined || at <= to))
}
