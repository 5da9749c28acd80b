import { waitingClock } from './WaitingClock.tsx'
import { waitingPromise } from './WaitingPromise.tsx'
import { waitingRisk } from './WaitingRisk.tsx'
import type { WaitingKind } from './waiting-kind.ts'
import { waitingReading } from './WaitingReading.tsx'
import { waitingReview } from './WaitingReview.tsx'
import { waitingTask } from './WaitingTask.tsx'

/** All kinds of waiting items. Labels: `incidents:waiting.<kind>`. */
export const WAITING_KINDS: readonly WaitingKind[] = [waitingReview, waitingReading, waitingClock, waitingPromise, waitingTask, waitingRisk]
