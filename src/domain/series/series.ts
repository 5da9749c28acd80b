import { z } from 'zod'
import { EventTime } from '../timeline/entry.ts'

/** What a number series measures: the four groups of AN-01…AN-04, or something else. */
export const SERIES_METRICS = ['spread', 'sentiment', 'influence', 'business', 'other'] as const
export const SeriesMetric = z.enum(SERIES_METRICS)
export type SeriesMetric = z.infer<typeof SeriesMetric>

/** How the numbers are to be read: so many in each interval, so many so far, or a level such as a percentage. */
export const SERIES_READINGS = ['increments', 'running-total', 'level'] as const
export const SeriesReading = z.enum(SERIES_READINGS)
export type SeriesReading = z.infer<typeof SeriesReading>

/** One measured value: milliseconds since 1970, and the number. */
export const SeriesPoint = z.tuple([EventTime, z.number()])
export type SeriesPoint = z.infer<typeof SeriesPoint>

export type SeriesState = {
  name: string
  unit: string
  metric: SeriesMetric
  reading: SeriesReading
  /** Whether the reading was said when it was made; imports did not say it once. */ readingSaid?: boolean
  importId: string | null
  createdAt: number
  createdBy: string
}

/** Points travel and are kept in bounded runs, so that a long series is neither one huge op nor one op a number. */
export const POINTS_PER_CHUNK = 500
export type PointsState = { seriesId: string; importId: string | null; points: SeriesPoint[] }
