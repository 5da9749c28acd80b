import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { indexKeys } from '#domain/index-keys.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentOfScope, incidentScope } from '#domain/log/ids.ts'
import { matchQuery } from '#domain/search/search-terms.ts'
import { searchableTexts } from '#domain/search/searchable.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import type { SearchHit } from '#contract/search-api.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { readerWords, type ReaderWords } from '../words/reader-words.ts'
import { excerptOf } from './search-excerpt.ts'
import type { ServiceContext } from '../context/service-context.ts'
import type { WholeLookUps } from './whole-look-ups.ts'

/** Full-text search over everything this replica holds, newest first. */
export function searchService(context: ServiceContext, lookUps: WholeLookUps): Pick<ApiHandlers, 'search.query'> {
  const visible = "(e.origin IS NULL OR e.origin IN (SELECT id FROM entity WHERE kind = 'import' AND facet = 'complete'))"
  const select = `SELECT e.* FROM search s JOIN entity e ON e.row = s.rowid WHERE search MATCH ? AND ${visible}`
  const find = context.db.prepare<[string, number], EntityRow>(`${select} ORDER BY s.rowid DESC LIMIT ?`)

  return {
    'search.query': ({ text, incidentId, limit, language }) => {
      const match = matchQuery(text, incidentId === undefined ? undefined : incidentScope(incidentId))
      if (match === null) return fail('query-empty')
      if (!lookUps.admits(text)) return fail('too-many-requests')
      const rows = find.all(match, limit + 1)
      const words = readerWords(language ?? 'zh-Hans', 'local')
      const titles = new Map<string, string>()
      const titleOf = (id: string) => {
        const title = titles.get(id) ?? INCIDENT.read(context.store, id)?.state.title ?? ''
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
            ...excerptOf(textsShown(entity, words), text),
            entryKind: ENTRY.as(entity)?.state.kind ?? null,
            at: indexKeys(entity).sortAt,
          },
        ]
      })
      return done({ hits, more: rows.length > limit })
    },
  }
}

/** The texts that the reader sees and may have been found: a system note is stored in both languages. */
function textsShown(entity: Entity, words: ReaderWords): string[] {
  const texts = searchableTexts(entity) ?? []
  const entry = ENTRY.as(entity)?.state
  return entry?.event ? [words.entry(entry), ...texts.slice(1)] : texts
}
