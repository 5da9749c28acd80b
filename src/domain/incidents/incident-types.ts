/**
 * The types of incident with danger stars (1–5) and difficulty. The first four and their figures are TY-01…TY-04; the last
 * four are the types of 002-01, for which the source gives no figures: `rated: 'default'` marks our own.
 */
export const INCIDENT_TYPES = [
  { id: 'service-complaint', source: 'TY-01', danger: 3, difficulty: 'medium', rated: 'source', apologyUsual: true },
  { id: 'product-problem', source: 'TY-02', danger: 5, difficulty: 'high', rated: 'source', apologyUsual: true },
  { id: 'corporate-news', source: 'TY-03', danger: 4, difficulty: 'high', rated: 'source', apologyUsual: true },
  { id: 'public-event', source: 'TY-04', danger: 4, difficulty: 'high', rated: 'source', apologyUsual: false },
  { id: 'complaint-escalation', source: '002-01', danger: 3, difficulty: 'medium', rated: 'default', apologyUsual: true },
  { id: 'information-leak', source: '002-01', danger: 5, difficulty: 'high', rated: 'default', apologyUsual: true },
  { id: 'system-failure', source: '002-01', danger: 4, difficulty: 'medium', rated: 'default', apologyUsual: false },
  { id: 'malicious-attack', source: '002-01', danger: 4, difficulty: 'high', rated: 'default', apologyUsual: false },
] as const

export type IncidentTypeId = (typeof INCIDENT_TYPES)[number]['id']

export const INCIDENT_TYPE_IDS = INCIDENT_TYPES.map((type) => type.id) as [IncidentTypeId, ...IncidentTypeId[]]

/** The catalogue entry of a type. */
export function incidentType(id: IncidentTypeId): (typeof INCIDENT_TYPES)[number] {
  const found = INCIDENT_TYPES.find((type) => type.id === id)
  return found ?? INCIDENT_TYPES[0]
}
