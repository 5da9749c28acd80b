import { waitingClock } from './WaitingClock.tsx'
import { waitingRisk } from './WaitingRisk.tsx'
import type { WaitingKind } from './waiting-kind.ts'
import { waitingTask } from './WaitingTask.tsx'

/** Every kind of thing that can wait for somebody. Their words are `incidents:waiting.<kind>`. */
export const WAITING_KINDS: readonly WaitingKind[] = [waitingClock, waitingTask, waitingRisk]
