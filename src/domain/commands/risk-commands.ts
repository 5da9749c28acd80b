import type { CommandEdge, CommandRead, CommandRefusal, Draft } from './command.ts'
import { levelDrafts } from './command-commands.ts'
import { readIncident } from './incident-read.ts'
import { incidentScope } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { readTeamRules } from './read-rules.ts'
import type { TurningPoint } from '../timeline/entry.ts'
import { noteDraft } from './note-draft.ts'
import { assessRisk, DEFAULT_RISK_WEIGHTS, type RiskInputs } from '../risk/risk.ts'
import type { AssessmentState } from '../risk/assessment-ops.ts'

/** Records an assessment of the figures by the team's weights; a confirmed level is changed with it. */
export function recordAssessment(
  read: CommandRead,
  input: { incidentId: string; assessmentId: string; inputs: RiskInputs; verdict: AssessmentState['verdict']; reason: string },
  edge: CommandEdge,
): Draft[] | CommandRefusal {
  const { incidentId, assessmentId, inputs, verdict, reason } = input
  const incident = readIncident(read, incidentId)
  if (!incident) return refuse('not-found')
  const weights = readTeamRules(read).riskWeights ?? DEFAULT_RISK_WEIGHTS
  const assessment = assessRisk(inputs, weights)
  if (!assessment) return { code: 'mapping-incomplete', params: { field: 'inputs' } }
  const { composite, suggestedLevel } = assessment
  const drafts: Draft[] = [
    {
      scope: incident.scope,
      kind: 'assessment',
      id: assessmentId,
      type: 'assessment.record',
      body: { inputs, weights, composite, suggestedLevel, verdict, reason },
    },
    noteDraft(incidentId, edge.uuid(), edge.now, 'risk-assessed', { composite, suggestedLevel, verdict, reason }, [0]),
  ]
  if (verdict === 'confirmed' && suggestedLevel !== incident.state.level) {
    const change = levelDrafts(read, incident, suggestedLevel, reason === '' ? `${composite}/5` : reason, edge)
    drafts.push(...change.map((draft) => ({ ...draft, after: (draft.after ?? []).map((index) => index + 2) })))
  }
  return drafts
}

/** Confirms a suggested turning point as an entry with the given id, or refuses it with a reason. */
export function judgeSuggestion(
  _read: CommandRead,
  input: { incidentId: string; id: string; seriesId: string; kind: TurningPoint; at: number; confirmed: boolean; text: string },
): Draft[] {
  const { incidentId, id, seriesId, kind, at, confirmed, text } = input
  const scope = incidentScope(incidentId)
  return confirmed
    ? [{ scope, kind: 'entry', id, type: 'entry.record', body: { kind: 'turning-point', text, happenedAt: at, turningPoint: kind } }]
    : [{ scope, kind: 'dismissed-suggestion', id, type: 'suggestion.dismiss', body: { kind, at, seriesId, reason: text } }]
}
