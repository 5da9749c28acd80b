import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'

/** How a text reaches agents: `urgent` covers the screen until it is confirmed, with a sound. */
export const URGENCIES = ['normal', 'important', 'urgent'] as const
export const Urgency = z.enum(URGENCIES)
export type Urgency = z.infer<typeof Urgency>

/** To whom a published text goes, and how. */
export const Delivery = z.strictObject({
  /** Agent groups; empty: all agents. */
  groups: z.array(LoggedUuid).max(100),
  urgency: Urgency,
  /** Minutes within which every agent shall confirm this version; then the leads of the groups are told. Null: no limit. */
  confirmWithin: z.int().min(1).max(1440).nullable(),
})
export type Delivery = z.infer<typeof Delivery>

/** To all agents, without any haste. */
export const PLAIN_DELIVERY: Delivery = { groups: [], urgency: 'normal', confirmWithin: null }

/** Whether two releases go to the same groups in the same way. */
export function sameDelivery(one: Delivery, other: Delivery): boolean {
  const groups = new Set(other.groups)
  return (
    one.urgency === other.urgency &&
    one.confirmWithin === other.confirmWithin &&
    new Set(one.groups).size === groups.size &&
    one.groups.every((id) => groups.has(id))
  )
}
