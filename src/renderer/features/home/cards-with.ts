import type { IncidentMode } from '#domain/incidents/incident.ts'

/** The cards that have an incident to show, each with its incidents. `live`: all open incidents, the most urgent first. */
export function cardsWith<Card extends { drills?: boolean }, Incident extends { mode: IncidentMode }>(
  cards: readonly Card[],
  live: readonly Incident[],
): { card: Card; incidents: readonly Incident[] }[] {
  const real = live.filter(({ mode }) => mode === 'real')
  return cards.map((card) => ({ card, incidents: card.drills ? live : real })).filter(({ incidents }) => incidents.length > 0)
}
