import { parseOp } from '#domain/log/op.ts'
import type { Replica } from '#replica/open-replica.ts'
import { missing } from '#replica/store/set-aside.ts'
import type { MissingView } from '#contract/workspace-api.ts'

/** Maximum number of texts shown at once. */
const SHOWN = 100

function textOf(bytes: string): string {
  const parsed = parseOp(bytes)
  const { text, title } = parsed.ok ? parsed.op.body : {}
  return [text, title].find((one) => typeof one === 'string') ?? ''
}

/** What the hub acknowledged but no longer shows, for display. */
export function missingView(replica: Replica): MissingView {
  const { scopes, records } = missing(replica.db)
  return {
    scopes,
    records: [...Map.groupBy(records, ({ scope }) => scope)].map(([scope, own]) => ({
      scope,
      gone: own.filter(({ altered }) => !altered).length,
      altered: own.filter(({ altered }) => altered).length,
      firstSeq: own[0]?.seq ?? 0,
    })),
    texts: records.slice(0, SHOWN).flatMap(({ scope, seq, altered, bytes }) => {
      const text = textOf(bytes)
      return text === '' ? [] : [{ scope, seq, altered, text }]
    }),
  }
}
