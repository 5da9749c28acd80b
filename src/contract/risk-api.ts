import type { AssessmentState } from '#domain/risk/assessment-ops.ts'
import type { FigureTimes } from '#domain/risk/evidence.ts'
import type { DayGrowth } from '#domain/risk/growth.ts'
import { RiskInputs, type RiskAssessment, type RiskWeights } from '#domain/risk/risk.ts'
import type { TurningPointSuggestion } from '#domain/risk/turning-points.ts'
import { SeriesMetric, SeriesReading } from '#domain/series/series.ts'
import { EventTime } from '#domain/time/event-time.ts'
import { TurningPoint } from '#domain/timeline/entry.ts'
import { z } from 'zod'
import type { SeriesView } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

const IncidentRef = z.strictObject({ incidentId: z.uuid() })

export type AssessmentView = AssessmentState & { id: string; byName: string; pending: boolean }

export type RiskView = {
  /** Current figures from the number series; null if no series provides one. */
  measured: RiskInputs
  /** Measured figures, completed from the last assessment. */
  inputs: RiskInputs
  /** Source of each figure: a series, or the last assessment. */
  origins: Partial<Record<keyof RiskInputs, { seriesId: string; name: string; at: number; growth?: DayGrowth } | { assessedAt: number }>>
  /**
   * Why a figure that a series could provide is unknown: less than two days of measurements, too few to compare, or zero the
   * day before.
   */
  withheld: Partial<Record<keyof RiskInputs, 'short' | 'few' | 'from-nothing'>>
  weights: RiskWeights
  assessment: RiskAssessment | null
  /** Newest first, at most 50. */
  history: AssessmentView[]
  /** Turning points in the timeline, in the order in which they happened. */
  turningPoints: { entryId: string; kind: TurningPoint; at: number; text: string }[]
  /** Suggested turning points that nobody has confirmed or refused yet. */
  suggestions: (TurningPointSuggestion & { seriesId: string; seriesName: string })[]
}

/** When each figure was measured or assessed. */
export function figureTimes(origins: RiskView['origins']): FigureTimes {
  return Object.fromEntries(
    Object.entries(origins).map(([figure, origin]) => [figure, 'assessedAt' in origin ? origin.assessedAt : origin.at]),
  )
}

export const riskApi = {
  'risk.get': query(IncidentRef)
    .dependsOn(({ incidentId }) => ['rules', ...ofIncident(incidentId, 'risk', 'series', 'imports', 'timeline')])
    .returns<RiskView>(),
  /** Records an assessment. `confirmed` also changes the level when it differs; `refused` needs a reason. */
  'risk.assess': command(
    IncidentRef.extend({ inputs: RiskInputs, verdict: z.enum(['confirmed', 'refused', 'noted']), reason: z.string().trim().max(1000) }),
  ).returns<RiskView>(),
  /** Confirming adds the turning point to the timeline; refusing prevents further suggestions of it. */
  'risk.judgeSuggestion': command(
    IncidentRef.extend({
      seriesId: z.uuid(),
      kind: TurningPoint,
      at: EventTime,
      confirmed: z.boolean(),
      text: z.string().trim().max(2000),
    }),
  ).returns<RiskView>(),
  /** Enters one value by hand, into an existing or a new series. */
  'risk.enterNumber': command(
    IncidentRef.extend({
      series: z.union([
        z.strictObject({ seriesId: z.uuid() }),
        z.strictObject({
          name: z.string().trim().min(1).max(80),
          unit: z.string().trim().max(20),
          metric: SeriesMetric,
          reading: SeriesReading,
        }),
      ]),
      at: EventTime.optional(),
      value: z.number(),
    }),
    { action: 'number.enter' },
  ).returns<SeriesView>(),
  /** Redefines a series, mainly how its numbers are read; the numbers stay. */
  'risk.reviseSeries': command(
    IncidentRef.extend({
      seriesId: z.uuid(),
      name: z.string().trim().min(1).max(80).optional(),
      unit: z.string().trim().max(20).optional(),
      metric: SeriesMetric.optional(),
      reading: SeriesReading.optional(),
    }),
    { action: 'series.revise' },
  ).returns<SeriesView>(),
}
