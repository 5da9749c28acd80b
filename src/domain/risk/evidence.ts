import type { IncidentLevel } from '../incidents/incident-level.ts'
import { RISK_FACTORS, type RiskAssessment, type RiskInputs } from './risk.ts'

/** A figure older than this says how it was, not how it is: an incident turns faster. Milliseconds. */
export const FRESH_MS = 6 * 3_600_000

/** With fewer fresh factors than this nobody is told that a lower level would do. */
export const LOWERING_NEEDS = 3

/** When each figure was measured or said, milliseconds since 1970. */
export type FigureTimes = Partial<Record<keyof RiskInputs, number>>

/** What a grade rests on: how many of the factors are known at all, how many are fresh, and how old the newest is. */
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
 * The level that a grade offers beside the one that stands: null where it is the same, and where it would be lower on too few fresh
 * factors. No figure is not the same as no risk, and an old one is not much better.
 */
export function offeredLevel(assessment: RiskAssessment | null, level: IncidentLevel, evidence: GradeEvidence): IncidentLevel | null {
  if (!assessment || assessment.suggestedLevel === level) return null
  if (assessment.suggestedLevel > level && evidence.fresh < LOWERING_NEEDS) return null
  return assessment.suggestedLevel
}
