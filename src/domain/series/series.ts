import { z } from 'zod'
import { EventTime } from '../time/event-time.ts'

/** What a number series measures: the four groups of AN-01…AN-04, or other. */
export const SERIES_METRICS = ['spread', 'sentiment', 'influence', 'business', 'other'] as const
export const SeriesMetric = z.enum(SERIES_METRICS)
export type SeriesMetric = z.infer<typeof SeriesMetric>

/** How the numbers are read: amount per interval, total so far, or a level such as a percentage. */
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
  /** Whether the reading was stated at creation; early imports did not state it. */ readingSaid?: boolean
  importId: string | null
  createdAt: number
  createdBy: string
}

/** Points are sent and stored in bounded chunks, so that a long series is neither one huge op nor one op per number. */
export const POINTS_PER_CHUNK = 500
export type PointsState = { seriesId: string; importId: string | null; points: SeriesPoint[] }
