import type { Stage } from './incident.ts'

/**
 * The escalation indicators by step of the evolution path, as a self-explanatory checklist: the move to social media (EV-03),
 * resonance (EV-05), expansion (EV-06), and the signals of grading (GR-09…GR-12). An indicator names the step that it is listed
 * under; `source` is the requirement. Logs and states call them signs (`incident.mark-sign`).
 */
export const ESCALATION_INDICATORS: Record<Stage, readonly { id: string; source: string }[]> = {
  'initial-complaint': [
    { id: 'unsolved-repeated', source: '002-04' },
    { id: 'stronger-emotion', source: 'EV-03' },
    { id: 'evidence-kept', source: 'EV-03' },
    { id: 'threat-to-publish', source: 'TK-08' },
  ],
  'platform-spread': [
    { id: 'posted-publicly', source: 'EV-02' },
    { id: 'officials-mentioned', source: 'EV-03' },
    { id: 'asks-to-forward', source: 'EV-03' },
    { id: 'me-too', source: 'EV-05' },
  ],
  'opinion-leaders': [
    { id: 'influential-account', source: 'AN-08' },
    { id: 'topic-tag', source: 'EV-05' },
    { id: 'rights-group', source: 'EV-05' },
    { id: 'growth-200', source: 'GR-09' },
  ],
  'media-report': [
    { id: 'traditional-media', source: 'GR-11' },
    { id: 'regulator-responds', source: 'GR-12' },
    { id: 'interaction-rising', source: 'GR-10' },
  ],
  'whole-web': [
    { id: 'hot-search', source: 'AN-08' },
    { id: 'other-topics', source: 'EV-06' },
    { id: 'industry-issue', source: 'EV-06' },
    { id: 'company-history', source: 'EV-06' },
  ],
}

export const INDICATOR_IDS: readonly string[] = Object.values(ESCALATION_INDICATORS).flatMap((indicators) => indicators.map(({ id }) => id))
