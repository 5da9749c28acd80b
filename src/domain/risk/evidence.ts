import { HOUR } from '../durations.ts'
import type { IncidentLevel } from '../incidents/incident-level.ts'
import { RISK_FACTORS, type RiskAssessment, type RiskInputs } from './risk.ts'

/** A figure older than this is stale, because an incident changes faster. Milliseconds. */
export const FRESH_MS = 6 * HOUR

/** Minimum number of fresh factors for suggesting a lower level. */
export const LOWERING_NEEDS = 3

/** When each figure was measured or assessed, milliseconds since 1970. */
export type FigureTimes = Partial<Record<keyof RiskInputs, number>>

/** The basis of a grade: how many factors are known, how many are fresh, and the age of the newest. */
export type GradeEvidence = { factors: number; known: number; fresh: number; newestAt: number | null }

/** @param now milliseconds since 1970 */
export function gradeEvidence(assessment: RiskAssessment | null, times: FigureTimes, now: number): GradeEvidence {
  const ages = (assessment?.factors ?? []).map(({ reason }) => times[reason.figure] ?? null)
  const known = ages.filter((at) => at !== null)
  return {
    factors: RISK_FACTORS.length,
    known: ages.length,
    fresh: known.filter((at) => now - at <= FRESH_MS).length,
    newestAt: known.length === 0 ? null : Math.max(...known),
  }
}

/**
 * The level suggested by a grade: null if it is the current level, or if it would be lower on too few fresh factors. An
 * unknown figure is not the same as no risk, and a stale one is little better.
 */
export function offeredLevel(assessment: RiskAssessment | null, level: IncidentLevel, evidence: GradeEvidence): IncidentLevel | null {
  if (!assessment || assessment.suggestedLevel === level) return null
  if (assessment.suggestedLevel > level && evidence.fresh < LOWERING_NEEDS) return null
  return assessment.suggestedLevel
}
