import type { PlanContent } from '../plan.ts'

/** Plans that the app ships; a team may change each of them, and the shipped words stay to compare with. */
export const SHIPPED_PLANS: readonly { id: string; content: PlanContent }[] = []
