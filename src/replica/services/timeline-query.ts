import { incidentScope } from '#domain/log/ids.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { matchQuery } from '#domain/search/search-terms.ts'
import type { TimelineFilter } from '#contract/timeline-api.ts'
import { VISIBLE } from '../context/service-context.ts'
import type { WholeLookUps } from './whole-look-ups.ts'

/** A condition on rows of entities, its params, and the column by which the list is sorted. */
export type TimelineQuery = { sql: string; params: (string | number)[]; column: 'sort_at' | 'recorded_at' }

/** The condition of a filtered timeline. `lookUps` says which search texts are looked up. */
export function timelineQuery(incidentId: string, filter: TimelineFilter, lookUps: WholeLookUps): TimelineQuery {
  const scope = incidentScope(incidentId)
  const column: TimelineQuery['column'] = filter.order === 'recorded' ? 'recorded_at' : 'sort_at'
  const parts = ["kind = 'entry'", 'scope = ?', VISIBLE]
  const params: (string | number)[] = [scope]
  if (filter.from !== undefined) {
    parts.push(`${column} >= ?`)
    params.push(filter.from)
  }
  if (filter.to !== undefined) {
    parts.push(`${column} < ?`)
    params.push(filter.to)
  }
  if (filter.kinds && filter.kinds.length > 0) {
    parts.push(`facet IN (${filter.kinds.map(() => '?').join(', ')})`)
    params.push(...filter.kinds)
  }
  if (filter.starred) parts.push('starred = 1')
  if (filter.tag !== undefined) {
    parts.push('row IN (SELECT row FROM label WHERE scope = ? AND label = ?)')
    params.push(scope, maskPersonal(filter.tag))
  }
  const match =
    filter.text === undefined || filter.text.trim() === '' ? undefined : lookUps.admits(filter.text) ? matchQuery(filter.text, scope) : null
  // The typed text contains no searchable word: the result is empty, rather than everything.
  if (match === null) parts.push('0')
  else if (match !== undefined) {
    parts.push('row IN (SELECT rowid FROM search WHERE search MATCH ?)')
    params.push(match)
  }
  return { sql: parts.join(' AND '), params, column }
}
