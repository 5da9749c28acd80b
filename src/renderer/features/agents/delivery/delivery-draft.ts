import { PLAIN_DELIVERY, type Delivery, type Urgency } from '#domain/wording/delivery.ts'

/** To whom a text goes, as it is being chosen: all agents, or the chosen groups. */
export type DeliveryDraft = { all: boolean; groups: readonly string[]; urgency: Urgency; confirmWithin: number | null }

/** Minutes within which a text may have to be confirmed. */
export const CONFIRM_WITHIN = [5, 10, 15, 30, 60, 120, 240] as const
/** An urgent text is confirmed at once, unless somebody says otherwise. Minutes. */
const URGENT_WITHIN = 15

/** The next version goes where the one in use went; groups that were removed since are left out. */
export function deliveryDraft(last: Delivery | undefined): DeliveryDraft {
  const { groups, urgency, confirmWithin } = last ?? PLAIN_DELIVERY
  return { all: groups.length === 0, groups, urgency, confirmWithin }
}

export function withUrgency(draft: DeliveryDraft, urgency: Urgency): DeliveryDraft {
  return { ...draft, urgency, confirmWithin: draft.confirmWithin ?? (urgency === 'urgent' ? URGENT_WITHIN : null) }
}

/**
 * The delivery of a draft.
 * @param known the groups that exist
 * @returns null while no group is chosen
 */
export function deliveryOf({ all, groups, urgency, confirmWithin }: DeliveryDraft, known: readonly { id: string }[]): Delivery | null {
  const chosen = all ? [] : groups.filter((id) => known.some((group) => group.id === id))
  return !all && chosen.length === 0 ? null : { groups: chosen as Delivery['groups'], urgency, confirmWithin }
}
