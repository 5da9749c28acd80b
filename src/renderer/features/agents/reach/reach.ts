import type { ReachCounts, ReachRow } from '#contract/agents-api.ts'
import { URGENCIES } from '#domain/wording/delivery.ts'

/** Agents who have not confirmed the version in use. */
export const unconfirmed = ({ stale, outstanding }: Pick<ReachCounts, 'stale' | 'outstanding'>) => stale + outstanding

type Standing = Pick<ReachRow, 'confirmBy' | 'urgency'> & Pick<ReachCounts, 'stale' | 'outstanding'>

/** Whether the time to confirm is over and somebody has not confirmed. */
export const isOverdue = (row: Standing, now: number) => row.confirmBy !== null && row.confirmBy <= now && unconfirmed(row) > 0

/** First what is overdue, then what is urgent, what is due first, and what more agents have not confirmed. */
export function inOrderOfNeed<Row extends Standing>(rows: readonly Row[], now: number): Row[] {
  const rank = (row: Row) => (isOverdue(row, now) ? 0 : 1)
  const due = ({ confirmBy }: Row) => confirmBy ?? Number.MAX_SAFE_INTEGER
  return rows.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      URGENCIES.indexOf(b.urgency) - URGENCIES.indexOf(a.urgency) ||
      due(a) - due(b) ||
      unconfirmed(b) - unconfirmed(a),
  )
}

/** Minutes until a time, rounded up; 0 once it is over. */
export const minutesLeft = (until: number, now: number) => Math.max(0, Math.ceil((until - now) / 60_000))
