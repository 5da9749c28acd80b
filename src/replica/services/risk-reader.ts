import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { DISMISSED, ASSESSMENT, type AssessmentState } from '#domain/risk/assessment-ops.ts'
import { dayGrowth, type DayGrowth } from '#domain/risk/growth.ts'
import { RiskInputs, type RiskWeights } from '#domain/risk/risk.ts'
import { figureOfSeries } from '#domain/risk/series-figure.ts'
import { suggestFromSentiment, suggestFromSpread } from '#domain/risk/turning-points.ts'
import type { SeriesPoint } from '#domain/series/series.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { RiskView } from '#contract/risk-api.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { SeriesReader } from './series-reader.ts'
import { VISIBLE, type ServiceContext } from '../context/service-context.ts'
import { riskWeightsOf } from './team-rules.ts'

const NOTHING: RiskInputs = { growth24h: null, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null }
/** A confirmed turning point this close to a suggested one is the same. Milliseconds. */
const SAME_MS = 90 * MINUTE

/** The figures on which an assessment is based, with where each comes from. */
export type MeasuredRisk = Pick<RiskView, 'measured' | 'inputs' | 'origins' | 'withheld' | 'weights'> & { weights: RiskWeights }

export type RiskReader = {
  read(incidentId: string): MeasuredRisk
  /** The latest assessments, newest first. */
  history(incidentId: string): Entity<AssessmentState>[]
  /** Turning points that the numbers suggest and nobody has confirmed or dismissed, in order of occurrence. */
  suggestions(incidentId: string): RiskView['suggestions']
  /** Turning points in the timeline, in order of occurrence. */
  confirmed(incidentId: string): RiskView['turningPoints']
  /** Whether the latest assessment confirmed or refused this suggested level. */
  judged(incidentId: string, suggestedLevel: number): boolean
}

/** Reads the risk of an incident from its number series and earlier assessments. */
export function createRiskReader(context: ServiceContext, series: SeriesReader): RiskReader {
  const { db } = context
  const assessments = db.prepare<[string], EntityRow>(
    "SELECT * FROM entity WHERE kind = 'assessment' AND scope = ? ORDER BY sort_at DESC, id DESC LIMIT 50",
  )
  const dismissed = db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'dismissed-suggestion' AND scope = ?")
  const turningPoints = db.prepare<[string], EntityRow>(
    `SELECT * FROM entity WHERE kind = 'entry' AND scope = ? AND facet = 'turning-point' AND ${VISIBLE}`,
  )

  function history(incidentId: string): Entity<AssessmentState>[] {
    return assessments.all(incidentScope(incidentId)).flatMap((row) => {
      const entity = ASSESSMENT.as(seenEntity(row))
      return entity ? [entity] : []
    })
  }

  function read(incidentId: string): MeasuredRisk {
    const measured: RiskInputs = { ...NOTHING }
    const origins: RiskView['origins'] = {}
    const withheld: RiskView['withheld'] = {}
    const note = (figure: keyof RiskInputs, value: number | null, from: SeriesView, at: number, growth?: DayGrowth) => {
      // Of several series, the worst value counts. A value that no assessment allows (a series in another unit) is ignored.
      if (value === null || (measured[figure] ?? Number.NEGATIVE_INFINITY) >= value || !RiskInputs.shape[figure].safeParse(value).success)
        return
      measured[figure] = value
      origins[figure] = { seriesId: from.id, name: from.name, at, ...(growth ? { growth } : {}) }
    }
    for (const { series: one, points } of series.all(incidentId)) {
      const last = points.at(-1)
      if (!last) continue
      // Growth is measured back from the newest value, so a series that ended yesterday still has a growth.
      const [at, value] = last
      const figure = figureOfSeries(one)
      if (figure === 'growth24h' || figure === 'enquiryGrowth') {
        const growth = dayGrowth(points, at, one.reading)
        if (growth) note(figure, roundedGrowth(growth.percent), one, at, growth)
        if (growth === null || growth.percent === null) withheld[figure] = growth === null ? 'short' : growth.few ? 'few' : 'from-nothing'
      } else if (figure === 'negativeShare') note(figure, rounded(value), one, at)
      else if (figure) note(figure, Math.round(total(points, one.reading)), one, at)
    }
    const latest = history(incidentId)[0]
    const inputs = { ...measured }
    for (const figure of Object.keys(NOTHING) as (keyof RiskInputs)[]) {
      const before = latest?.state.inputs[figure] ?? null
      if (inputs[figure] !== null || before === null || !latest) continue
      inputs[figure] = before
      origins[figure] = { assessedAt: latest.state.at }
    }
    return {
      measured,
      inputs,
      origins,
      withheld: Object.fromEntries(Object.entries(withheld).filter(([figure]) => !(figure in origins))),
      weights: riskWeightsOf(context),
    }
  }

  function confirmed(incidentId: string): RiskView['turningPoints'] {
    return turningPoints
      .all(incidentScope(incidentId))
      .flatMap((row) => {
        const entry = ENTRY.as(seenEntity(row))
        return entry?.state.turningPoint
          ? [{ entryId: entry.id, kind: entry.state.turningPoint, at: entry.state.happenedAt, text: entry.state.text }]
          : []
      })
      .toSorted((a, b) => a.at - b.at)
  }

  function suggestions(incidentId: string): RiskView['suggestions'] {
    const scope = incidentScope(incidentId)
    const refused = dismissed.all(scope).flatMap((row) => DISMISSED.as(seenEntity(row))?.state ?? [])
    const known = confirmed(incidentId)
    return series
      .all(incidentId)
      .flatMap(({ series: one, points }) => {
        const found =
          figureOfSeries(one) === 'negativeShare'
            ? suggestFromSentiment(points)
            : one.metric === 'spread'
              ? suggestFromSpread(points, one.reading)
              : []
        return found.map((suggestion) => ({ ...suggestion, seriesId: one.id, seriesName: one.name }))
      })
      .filter(
        ({ kind, at, seriesId }) =>
          !refused.some((other) => other.kind === kind && other.seriesId === seriesId && Math.abs(other.at - at) < SAME_MS),
      )
      .filter(({ kind, at }) => !known.some((point) => point.kind === kind && Math.abs(point.at - at) < SAME_MS))
      .toSorted((a, b) => a.at - b.at)
  }

  return {
    read,
    history,
    suggestions,
    confirmed,
    judged: (incidentId, suggestedLevel) => {
      const latest = history(incidentId)[0]?.state
      return latest?.suggestedLevel === suggestedLevel && latest.verdict !== 'noted'
    },
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}

/** Fits a growth to the bounds of the figure: it cannot be negative, and above the limit more means nothing. */
function roundedGrowth(percent: number | null): number | null {
  return percent === null ? null : rounded(Math.min(1_000_000, Math.max(-100, percent)))
}

function total(points: readonly SeriesPoint[], reading: SeriesView['reading']): number {
  return reading === 'increments' ? points.reduce((sum, [, value]) => sum + value, 0) : (points.at(-1)?.[1] ?? 0)
}
