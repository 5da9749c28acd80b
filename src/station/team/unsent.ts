import { parseOp } from '#domain/log/op.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import type { Replica } from '#replica/open-replica.ts'
import type { UnsentText } from '#contract/team-api.ts'

/** What the user of this device wrote and the hub has not: theirs to take along, even when the device is locked. */
export function unsentTexts(replica: Replica): UnsentText[] {
  return replica.db
    .prepare<[], { bytes: string; made_at: number }>('SELECT bytes, made_at FROM outbox ORDER BY place')
    .all()
    .map(({ bytes, made_at: at }) => {
      const parsed = parseOp(bytes)
      const body = maskValues(parsed.ok ? parsed.op.body : {})
      return { at, type: parsed.ok ? parsed.op.type : '', text: typeof body['text'] === 'string' ? body['text'] : JSON.stringify(body) }
    })
}
