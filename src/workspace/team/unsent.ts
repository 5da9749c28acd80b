import { parseOp } from '#domain/log/op.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import type { Replica } from '#replica/open-replica.ts'
import type { UnsentText } from '#contract/team-api.ts'

/** Ops that no user wrote as text: automatic follows and marks on notices. */
const UNWRITTEN = "kind NOT IN ('followers', 'notice')"

/** Number of items that {@link unsentTexts} would list. */
export function unsentCount(replica: Replica): number {
  return replica.db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM outbox WHERE ${UNWRITTEN}`).get()?.count ?? 0
}

/** What the user of this device wrote and the hub does not have: the user may take it along, even if the device is locked. */
export function unsentTexts(replica: Replica): UnsentText[] {
  return replica.db
    .prepare<[], { bytes: string; made_at: number }>(`SELECT bytes, made_at FROM outbox WHERE ${UNWRITTEN} ORDER BY place`)
    .all()
    .map(({ bytes, made_at: at }) => {
      const parsed = parseOp(bytes)
      const body = maskValues(parsed.ok ? parsed.op.body : {})
      return { at, type: parsed.ok ? parsed.op.type : '', text: typeof body['text'] === 'string' ? body['text'] : JSON.stringify(body) }
    })
}
