import type { Entity } from '#domain/log/entity.ts'
import { indexKeys } from '#domain/index-keys.ts'
import { indexedWords } from '#domain/search/searchable.ts'
import { placeWord } from '#domain/search/search-terms.ts'
import type { Db } from '#storage/open-database.ts'

/**
 * How the full-text index grows: large segments are merged a bounded number of pages at a time, and later than by default, so
 * that few commits wait for a merge. 32 small segments are merged at once, which takes a fraction of a millisecond.
 */
const MERGE_SEARCH_IN_STEPS = `
  INSERT INTO search (search, rank) VALUES ('automerge', 16);
  INSERT INTO search (search, rank) VALUES ('crisismerge', 32);
`

const BATCH = 1000

type Row = { row: number; kind: string; id: string; scope: string; state: string | null }

/** Creates the full-text index; if there are entities already, indexes them and their labels. */
export function indexAnew(db: Db): void {
  db.exec(`
    DROP TABLE IF EXISTS search;
    CREATE VIRTUAL TABLE search USING fts5 (text, whole, place, content = '', contentless_delete = 1, tokenize = 'ascii');
    ${MERGE_SEARCH_IN_STEPS}
    DELETE FROM label;
  `)
  const next = db.prepare<[number, number], Row>(
    'SELECT row, kind, id, scope, coalesce(view, canonical) AS state FROM entity WHERE row > ? ORDER BY row LIMIT ?',
  )
  const addWords = db.prepare('INSERT INTO search (rowid, text, whole, place) VALUES (?, ?, ?, ?)')
  const addLabel = db.prepare('INSERT OR IGNORE INTO label (scope, label, row) VALUES (?, ?, ?)')
  for (let rows = next.all(0, BATCH); rows.length > 0; rows = next.all(rows.at(-1)?.row ?? 0, BATCH)) {
    for (const { row, kind, id, scope, state } of rows) {
      const found = readWords(state, kind, id, scope)
      if (found?.words) addWords.run(row, found.words.text, found.words.whole, placeWord(scope))
      for (const label of found?.labels ?? []) addLabel.run(scope, label, row)
    }
  }
}

/** A row that cannot be read gets no words in the index; the damage is reported when the row is read. */
function readWords(
  state: string | null,
  kind: string,
  id: string,
  scope: string,
): { words: ReturnType<typeof indexedWords>; labels: readonly string[] } | null {
  try {
    if (state === null) return null
    const entity = { ...(JSON.parse(state) as object), kind, id, scope } as Entity
    return { words: indexedWords(entity), labels: indexKeys(entity).labels }
  } catch {
    return null
  }
}
