import { BULLETIN_PLAN } from '../bulletins/bulletin-entity.ts'
import type { Cadence } from '../bulletins/bulletin-slots.ts'
import { incidentScope } from '../log/ids.ts'
import type { CommandRead, Draft } from './command.ts'

type OfIncident = { incidentId: string }

const draft = (incidentId: string, act: string, body: Record<string, unknown>): Draft => ({
  scope: incidentScope(incidentId),
  kind: BULLETIN_PLAN.kind,
  id: incidentId,
  type: `bulletin-plan.${act}`,
  body,
})

/** Switches the bulletins of an incident on or off and sets their cadence, minutes; `offset`: minutes east of Greenwich. */
export function setBulletinPlan(
  _read: CommandRead,
  { incidentId, on, cadence, offset }: OfIncident & { on: boolean; cadence: Cadence; offset: number },
): Draft[] {
  return [draft(incidentId, 'set', { on, cadence, offset })]
}

/** Keeps an approved text out of the bulletins until it is released. */
export function holdFromBulletin(_read: CommandRead, { incidentId, ...body }: OfIncident & { wordingId: string; reason: string }): Draft[] {
  return [draft(incidentId, 'hold', body)]
}

export function releaseToBulletin(_read: CommandRead, { incidentId, wordingId }: OfIncident & { wordingId: string }): Draft[] {
  return [draft(incidentId, 'release', { wordingId })]
}

export function reorderBulletin(_read: CommandRead, { incidentId, order }: OfIncident & { order: readonly string[] }): Draft[] {
  return [draft(incidentId, 'reorder', { order })]
}

/** Asks the hub for a bulletin out of turn. */
export function sendBulletinNow(_read: CommandRead, { incidentId }: OfIncident): Draft[] {
  return [draft(incidentId, 'send-now', {})]
}
