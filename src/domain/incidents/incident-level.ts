import { z } from 'zod'

/** Response level: 1 high risk, crisis plan, cross-department (MO-04); 2 medium (MO-05); 3 low, watch closely (MO-06). */
export const IncidentLevel = z.literal([1, 2, 3])
export type IncidentLevel = z.infer<typeof IncidentLevel>
