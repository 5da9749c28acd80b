import { z } from 'zod'
import type { IncidentLevel } from '../incidents/incident-level.ts'

/** A risk grade: 1 calm … 5 crisis (AN-05). */
export type Grade = 1 | 2 | 3 | 4 | 5

/** The four groups of indicators (AN-01…AN-04). */
export const RISK_FACTORS = ['spread', 'sentiment', 'influence', 'business'] as const
export const RiskFactor = z.enum(RISK_FACTORS)
export type RiskFactor = z.infer<typeof RiskFactor>

/** The inputs of a grade. Null: unknown; the factor is then ignored. */
export const RiskInputs = z.strictObject({
  /** Growth of the spread over the last 24 hours against the 24 before, percent (GR-09, AN-01). */
  growth24h: z.number().min(-100).max(1_000_000).nullable(),
  /** Share of negative voices, percent (AN-02). */
  negativeShare: z.number().min(0).max(100).nullable(),
  /** Number of mainstream media that have reported (AN-03). */
  mainstreamMedia: z.int().min(0).max(10_000).nullable(),
  /** Number of opinion leaders who take part (AN-03). */
  opinionLeaders: z.int().min(0).max(10_000).nullable(),
  /** Increase of related enquiries over the usual, percent (AN-04). */
  enquiryGrowth: z.number().min(-100).max(1_000_000).nullable(),
})
export type RiskInputs = z.infer<typeof RiskInputs>

/** Weight of each factor; the sources give no weights (requirements section 5, item 4), so they are our own and editable. */
export const RiskWeights = z.strictObject({
  spread: z.number().min(0).max(100),
  sentiment: z.number().min(0).max(100),
  influence: z.number().min(0).max(100),
  business: z.number().min(0).max(100),
})
export type RiskWeights = z.infer<typeof RiskWeights>
export const DEFAULT_RISK_WEIGHTS: RiskWeights = { spread: 35, sentiment: 25, influence: 25, business: 15 }

export type FactorGrade = {
  factor: RiskFactor
  grade: Grade
  weight: number
  /** What decided the grade, for display: the figure, its value, and the threshold that it exceeded or stayed below. */
  reason: {
    figure: keyof RiskInputs
    value: number
    threshold: number
    passed: boolean
    /** The requirement that names the threshold; null: our own step. */ source: string | null
  }
}

export type RiskAssessment = {
  composite: Grade
  /** Weighted mean before rounding, 1–5. */
  score: number
  factors: FactorGrade[]
  /** Exceeded alarm thresholds of the sources; any of them raises the composite to at least 4. */
  alarms: { figure: keyof RiskInputs; value: number; threshold: number; source: string }[]
  suggestedLevel: IncidentLevel
}

type Scale = {
  figure: keyof RiskInputs
  factor: RiskFactor
  steps: readonly [number, number, number, number]
  /** The step that the source names, and whether exceeding it is an alarm. */ sourced: number | null
  alarm: boolean
  source: string
}

/**
 * A value above the n-th step has grade n + 1. The alarm steps are from the sources: +200 % in 24 h (AN-01), negative over
 * 70 % (AN-02), more than 3 mainstream media (AN-03), enquiries +50 % (AN-04, "needs attention", no alarm). The other steps
 * are our own.
 */
export const RISK_SCALES: readonly Scale[] = [
  { figure: 'growth24h', factor: 'spread', steps: [20, 80, 200, 500], sourced: 200, alarm: true, source: 'AN-01' },
  { figure: 'negativeShare', factor: 'sentiment', steps: [25, 45, 70, 85], sourced: 70, alarm: true, source: 'AN-02' },
  { figure: 'mainstreamMedia', factor: 'influence', steps: [0, 1, 3, 8], sourced: 3, alarm: true, source: 'AN-03' },
  { figure: 'opinionLeaders', factor: 'influence', steps: [0, 2, 5, 15], sourced: null, alarm: false, source: 'AN-03' },
  { figure: 'enquiryGrowth', factor: 'business', steps: [15, 50, 100, 200], sourced: 50, alarm: false, source: 'AN-04' },
]

/** Level by composite grade (requirements section 5, item 2). */
export function levelOfGrade(grade: Grade): IncidentLevel {
  return grade >= 4 ? 1 : grade === 3 ? 2 : 3
}

function gradeOn(scale: Scale, value: number): FactorGrade['reason'] & { grade: Grade } {
  const passed = scale.steps.filter((step) => value > step).length
  // Once the threshold of the source is exceeded it is named, however far above it the value is.
  const beyond = scale.sourced !== null && value > scale.sourced
  const threshold = beyond ? (scale.sourced ?? 0) : passed > 0 ? (scale.steps[passed - 1] ?? 0) : scale.steps[0]
  return { grade: (passed + 1) as Grade, figure: scale.figure, value, threshold, passed: passed > 0, source: beyond ? scale.source : null }
}

/**
 * The composite risk from the known figures.
 * @returns null when nothing is known: no figure is not the same as no risk
 */
export function assessRisk(inputs: RiskInputs, weights: RiskWeights): RiskAssessment | null {
  const factors: FactorGrade[] = []
  for (const factor of RISK_FACTORS) {
    // The worst figure of a factor counts.
    const graded = RISK_SCALES.filter((scale) => scale.factor === factor).flatMap((scale) => {
      const value = inputs[scale.figure]
      return value === null ? [] : [gradeOn(scale, value)]
    })
    const worst = graded.toSorted((a, b) => b.grade - a.grade)[0]
    if (!worst) continue
    const { grade, ...reason } = worst
    factors.push({ factor, grade, weight: weights[factor], reason })
  }
  if (factors.length === 0) return null
  const total = factors.reduce((sum, one) => sum + one.weight, 0)
  const score =
    total === 0 ? Math.max(...factors.map((one) => one.grade)) : factors.reduce((sum, one) => sum + one.weight * one.grade, 0) / total
  const alarms = RISK_SCALES.flatMap(({ figure, alarm, sourced, source }) => {
    const value = inputs[figure]
    return alarm && value !== null && sourced !== null && value > sourced ? [{ figure, value, threshold: sourced, source }] : []
  })
  const rounded = Math.min(5, Math.max(1, Math.floor(score + 0.5)))
  const composite = (alarms.length > 0 ? Math.max(rounded, 4) : rounded) as Grade
  return { composite, score, factors, alarms, suggestedLevel: levelOfGrade(composite) }
}
