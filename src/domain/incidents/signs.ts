import type { Stage } from './incident.ts'

/**
 * The signs that identify a step of the evolution path, as a self-explanatory checklist: the move to social media (EV-03),
 * resonance (EV-05), expansion (EV-06), and the escalation signals of grading (GR-09…GR-12). A sign indicates the step that
 * it is listed under; `source` is the requirement.
 */
export const STAGE_SIGNS: Record<Stage, readonly { id: string; source: string }[]> = {
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

export const SIGN_IDS: readonly string[] = Object.values(STAGE_SIGNS).flatMap((signs) => signs.map((sign) => sign.id))
