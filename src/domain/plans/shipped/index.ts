import type { PlanContent } from '../plan.ts'
import { agentWords } from './agent-words.ts'
import { complaintEscalation } from './complaint-escalation.ts'
import { corporateNews } from './corporate-news.ts'
import { informationLeak } from './information-leak.ts'
import { maliciousAttack } from './malicious-attack.ts'
import { productSafety } from './product-safety/plan.ts'
import { publicEvent } from './public-event.ts'
import { systemFailure } from './system-failure.ts'

/**
 * The shipped plans; a team may change each of them, and the shipped text stays available for comparison. Ids and task keys
 * are stored in incidents: they never change once released.
 */
export const SHIPPED_PLANS: readonly { id: string; content: PlanContent }[] = [
  { id: 'complaint-escalation', content: complaintEscalation },
  { id: 'product-safety-recall', content: productSafety },
  { id: 'agent-words', content: agentWords },
  { id: 'information-leak', content: informationLeak },
  { id: 'system-failure', content: systemFailure },
  { id: 'malicious-attack', content: maliciousAttack },
  { id: 'corporate-news', content: corporateNews },
  { id: 'public-event', content: publicEvent },
]
