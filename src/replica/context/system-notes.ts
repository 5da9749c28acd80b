import type { ServiceContext } from './service-context.ts'

/** Finds when a closed incident was closed, by its system note: milliseconds since 1970, or null if there is none. */
export function closingReader({ db }: ServiceContext): (scope: string) => number | null {
  const last = db.prepare<[string], { at: number }>(
    `SELECT sort_at AS at FROM entity WHERE kind = 'entry' AND scope = ? AND facet = 'system'
       AND json_extract(coalesce(view, canonical), '$.state.event.code') = 'status-changed'
       AND json_extract(coalesce(view, canonical), '$.state.event.params.to') = 'closed'
     ORDER BY recorded_at DESC, row DESC LIMIT 1`,
  )
  return (scope) => last.get(scope)?.at ?? null
}
