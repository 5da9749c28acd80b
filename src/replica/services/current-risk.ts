import { gradeEvidence, offeredLevel } from '#domain/risk/evidence.ts'
import { assessRisk } from '#domain/risk/risk.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { figureTimes } from '#contract/risk-api.ts'
import type { IncidentCache } from './incident-cache.ts'
import type { RiskReader } from './risk-reader.ts'

/** Computes the risk of an incident at a time, milliseconds since 1970; null without figures. The figures are kept until they change. */
export function createCurrentRisk(risk: RiskReader, kept: IncidentCache) {
  const riskOf = kept.keep({ own: ['series', 'points', 'assessment', 'import'], anywhere: ['rules'] }, (incidentId) => {
    const { inputs, weights, origins } = risk.read(incidentId)
    const assessment = assessRisk(inputs, weights)
    return assessment && { assessment, times: figureTimes(origins), judged: risk.judged(incidentId, assessment.suggestedLevel) }
  })
  // Suggestions depend on the age of the figures, so they are never cached.
  return (incident: IncidentView, now: number) => {
    const found = riskOf(incident.id)
    if (!found) return null
    const evidence = gradeEvidence(found.assessment, found.times, now)
    return { ...found.assessment, evidence, judged: found.judged, offeredLevel: offeredLevel(found.assessment, incident.level, evidence) }
  }
}
