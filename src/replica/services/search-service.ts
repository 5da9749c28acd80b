import type { IncidentState } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentOfScope, incidentScope } from '#domain/log/ids.ts'
import { maskPersonal, personalSpots, placeInMasked } from '#domain/privacy/mask-personal.ts'
import { matchQuery } from '#domain/search/search-terms.ts'
import { searchableText } from '#domain/search/searchable.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import type { SearchHit } from '#contract/search-api.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { ServiceContext } from './service-context.ts'

const BEFORE = 30
const AFTER = 90

/**
 * The part of a text around the first word found, masked and on one line, and where the words stand in it. A word found inside a
 * masked number marks the whole mask.
 */
function excerptOf(text: string, words: readonly string[]): { excerpt: string; marks: [number, number][] } {
  const spots = personalSpots(text)
  const folded = text.toLowerCase()
  const found = words.flatMap((word) => allPlaces(folded, word)).toSorted((a, b) => a[0] - b[0])
  const shown = found.map(([from, to]): [number, number] => [placeInMasked(spots, from, 'from'), placeInMasked(spots, to, 'to')])
  const start = Math.max(0, (shown[0]?.[0] ?? 0) - BEFORE)
  const end = start + BEFORE + AFTER
  const excerpt = maskPersonal(text).slice(start, end).replaceAll(/\s/gu, ' ')
  const marks = shown.flatMap(([from, to]): [number, number][] => (to <= end ? [[from - start, to - start]] : []))
  return { excerpt, marks }
}

function allPlaces(text: string, word: string): [number, number][] {
  const places: [number, number][] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push([at, at + word.length])
  return places
}

/** Full-text search over everything this replica holds, newest first. */
export function searchService(context: ServiceContext): Pick<ApiHandlers, 'search.query'> {
  const visible = "(e.origin IS NULL OR e.origin IN (SELECT id FROM entity WHERE kind = 'import' AND facet = 'complete'))"
  const select = `SELECT e.* FROM search s JOIN entity e ON e.row = s.rowid WHERE search MATCH ? AND ${visible}`
  const find = context.db.prepare<[string, number], EntityRow>(`${select} ORDER BY s.rowid DESC LIMIT ?`)

  return {
    'search.query': ({ text, incidentId, limit }) => {
      const match = matchQuery(text, incidentId === undefined ? undefined : incidentScope(incidentId))
      if (match === null) return fail('query-empty')
      const rows = find.all(match, limit + 1)
      const words = text.toLowerCase().split(/\s+/u).filter((word) => word !== '')
      const titles = new Map<string, string>()
      const titleOf = (id: string) => {
        const title = titles.get(id) ?? (context.store.read('incident', id) as Entity<IncidentState> | undefined)?.state.title ?? ''
        titles.set(id, title)
        return title
      }
      const hits = rows.slice(0, limit).flatMap((row): SearchHit[] => {
        const entity = seenEntity(row)
        const owner = incidentOfScope(row.scope)
        if (!entity || owner === null) return []
        return [
          {
            kind: entity.kind as SearchHit['kind'],
            id: entity.id,
            incidentId: owner,
            incidentTitle: titleOf(owner),
            ...excerptOf(searchableText(entity) ?? '', words),
            entryKind: entity.kind === 'entry' ? (entity.state as EntryState).kind : null,
            at: entity.kind === 'entry' ? (entity.state as EntryState).happenedAt : (entity.state as { declaredAt?: number; createdAt?: number }).declaredAt ?? (entity.state as { createdAt?: number }).createdAt ?? 0,
          },
        ]
      })
      return done({ hits, more: rows.length > limit })
    },
  }
}
