import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { AssessmentState, DismissedState } from '#domain/risk/assessment-ops.ts'
import { growth24h } from '#domain/risk/growth.ts'
import type { RiskInputs, RiskWeights } from '#domain/risk/risk.ts'
import { suggestFromSentiment, suggestFromSpread } from '#domain/risk/turning-points.ts'
import type { SeriesPoint } from '#domain/series/series.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { RiskView } from '#contract/risk-api.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { SeriesReader } from './series-reader.ts'
import type { ServiceContext } from './service-context.ts'
import { riskWeightsOf } from './team-rules.ts'

const NOTHING: RiskInputs = { growth24h: null, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null }
/** A confirmed turning point this near to a suggestion is that turning point. Milliseconds. */
const SAME_MS = 90 * 60_000

/** Reads the risk of an incident from its number series and from what people assessed before. */
export function createRiskReader(context: ServiceContext, series: SeriesReader) {
  const { db } = context
  const assessments = db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'assessment' AND scope = ? ORDER BY sort_at DESC, id DESC LIMIT 50")
  const dismissed = db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'dismissed-suggestion' AND scope = ?")
  const turningPoints = db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'entry' AND scope = ? AND facet = 'turning-point'")

  function history(incidentId: string): Entity<AssessmentState>[] {
    return assessments.all(incidentScope(incidentId)).flatMap((row) => {
      const entity = seenEntity(row) as Entity<AssessmentState> | undefined
      return entity ? [entity] : []
    })
  }

  function read(incidentId: string): Pick<RiskView, 'measured' | 'inputs' | 'origins' | 'weights'> & { weights: RiskWeights } {
    const measured: RiskInputs = { ...NOTHING }
    const origins: RiskView['origins'] = {}
    const note = (figure: keyof RiskInputs, value: number | null, from: SeriesView, at: number) => {
      if (value === null || (measured[figure] ?? Number.NEGATIVE_INFINITY) >= value) return
      measured[figure] = value
      origins[figure] = { seriesId: from.id, name: from.name, at }
    }
    for (const { series: one, points } of series.all(incidentId)) {
      const last = points.at(-1)
      if (!last) continue
      // Growth is counted back from the newest measurement: a series that ended yesterday still says how it grew then.
      const [at, value] = last
      if (one.metric === 'spread') note('growth24h', rounded(growth24h(points, at, one.reading)), one, at)
      if (one.metric === 'business') note('enquiryGrowth', rounded(growth24h(points, at, one.reading)), one, at)
      if (one.metric === 'sentiment' && value >= 0 && value <= 100) note('negativeShare', value, one, at)
      if (one.metric === 'influence') note('mainstreamMedia', Math.max(0, Math.round(total(points, one.reading))), one, at)
    }
    const latest = history(incidentId)[0]
    const inputs = { ...measured }
    for (const figure of Object.keys(NOTHING) as (keyof RiskInputs)[]) {
      const before = latest?.state.inputs[figure] ?? null
      if (inputs[figure] !== null || before === null || !latest) continue
      inputs[figure] = before
      origins[figure] = { assessedAt: latest.state.at }
    }
    return { measured, inputs, origins, weights: riskWeightsOf(context) }
  }

  function suggestions(incidentId: string): RiskView['suggestions'] {
    const scope = incidentScope(incidentId)
    const refused = dismissed.all(scope).flatMap((row) => (seenEntity(row) as Entity<DismissedState> | undefined)?.state ?? [])
    const known = turningPoints.all(scope).flatMap((row) => (seenEntity(row) as Entity<EntryState> | undefined)?.state ?? [])
    return series
      .all(incidentId)
      .flatMap(({ series: one, points }) => {
        const found = one.metric === 'sentiment' ? suggestFromSentiment(points) : one.metric === 'spread' ? suggestFromSpread(increments(points, one.reading)) : []
        return found.map((suggestion) => ({ ...suggestion, seriesId: one.id, seriesName: one.name }))
      })
      .filter(({ kind, at, seriesId }) => !refused.some((other) => other.kind === kind && other.seriesId === seriesId && other.at === at))
      .filter(({ kind, at }) => !known.some((entry) => entry.turningPoint === kind && Math.abs(entry.happenedAt - at) < SAME_MS))
      .toSorted((a, b) => a.at - b.at)
  }

  return {
    read,
    history,
    suggestions,
    /** Whether a person has already refused this suggested level, as the last word. */
    judged: (incidentId: string, suggestedLevel: number) => {
      const latest = history(incidentId)[0]?.state
      return latest?.suggestedLevel === suggestedLevel && latest.verdict !== 'noted'
    },
  }
}

export type RiskReader = ReturnType<typeof createRiskReader>

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}

function total(points: readonly SeriesPoint[], reading: SeriesView['reading']): number {
  return reading === 'increments' ? points.reduce((sum, [, value]) => sum + value, 0) : (points.at(-1)?.[1] ?? 0)
}

/** What a running total grew by from one measurement to the next; increments are themselves. */
function increments(points: readonly SeriesPoint[], reading: SeriesView['reading']): SeriesPoint[] {
  if (reading !== 'running-total') return [...points]
  return points.map(([at, value], index) => [at, Math.max(0, value - (points[index - 1]?.[1] ?? 0))])
}
