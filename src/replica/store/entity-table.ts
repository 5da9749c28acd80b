import type { Db } from '#storage/open-database.ts'
import type { Entity } from '#domain/log/entity.ts'
import { indexKeys } from '#domain/log/index-keys.ts'
import { searchableText } from '#domain/search/searchable.ts'
import { indexText } from '#domain/search/search-terms.ts'

export type EntityRow = { row: number; kind: string; id: string; scope: string; canonical: string | null; view: string | null }

/** What is known of an entity: what the hub's log says, and what its user sees when own ops are pending on it. */
export type Held = { row: number | null; canonical: Entity | undefined; view: Entity | undefined; pending: boolean }

function unpack(text: string | null, kind: string, id: string, scope: string): Entity | undefined {
  return text === null ? undefined : ({ ...(JSON.parse(text) as object), kind, id, scope } as Entity)
}

function pack(entity: Entity | undefined): string | null {
  if (!entity) return null
  const { kind: _kind, id: _id, scope: _scope, ...body } = entity
  return JSON.stringify(body)
}

/** What a row shows: the view where one stands, else the canonical state. */
export function seenEntity(row: Pick<EntityRow, 'kind' | 'id' | 'scope' | 'canonical' | 'view'>): Entity | undefined {
  return unpack(row.view ?? row.canonical, row.kind, row.id, row.scope)
}

/** Reads and writes the `entity` table and keeps the full-text index in step with it. Used inside a transaction of the store. */
export function createEntityTable(db: Db) {
  const find = db.prepare<[string, string], EntityRow>('SELECT row, kind, id, scope, canonical, view FROM entity WHERE kind = ? AND id = ?')
  const insert = db.prepare(
    'INSERT INTO entity (kind, id, scope, canonical, view, sort_at, recorded_at, facet, parent, origin, starred) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare(
    'UPDATE entity SET canonical = ?, view = ?, sort_at = ?, recorded_at = ?, facet = ?, parent = ?, origin = ?, starred = ? WHERE row = ?',
  )
  const remove = db.prepare('DELETE FROM entity WHERE row = ?')
  const indexWords = db.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)')
  const addLabel = db.prepare('INSERT OR IGNORE INTO label (scope, label, row) VALUES (?, ?, ?)')
  const forgetLabels = db.prepare('DELETE FROM label WHERE row = ?')
  const forgetWords = db.prepare('DELETE FROM search WHERE rowid = ?')

  function hold(kind: string, id: string): Held {
    const row = find.get(kind, id)
    if (!row) return { row: null, canonical: undefined, view: undefined, pending: false }
    const canonical = unpack(row.canonical, kind, id, row.scope)
    return { row: row.row, canonical, view: row.view === null ? canonical : unpack(row.view, kind, id, row.scope), pending: row.view !== null }
  }

  /** Stores what is held now; `before` is what was seen, to know whether the words changed. */
  function save(kind: string, id: string, held: Held, before: Entity | undefined): void {
    const seen = held.view
    if (!seen) {
      // The only op on it was pending and has been rejected: for its user it never was.
      if (held.row !== null) {
        forgetWords.run(held.row)
        forgetLabels.run(held.row)
        remove.run(held.row)
      }
      return
    }
    const keys = indexKeys(seen)
    const recordedAt = (seen.state as { recordedAt?: number }).recordedAt ?? keys.sortAt
    const view = held.pending ? pack(seen) : null
    const columns = [keys.sortAt, recordedAt, keys.facet, keys.parent, keys.origin, keys.starred ? 1 : 0]
    let row = held.row
    if (row === null) {
      row = Number(insert.run(kind, id, seen.scope, pack(held.canonical), view, ...columns).lastInsertRowid)
    } else {
      update.run(pack(held.canonical), view, ...columns, row)
    }
    const labelsBefore = held.row === null || !before ? [] : indexKeys(before).labels
    if (keys.labels.join('\n') !== labelsBefore.join('\n')) {
      if (labelsBefore.length > 0) forgetLabels.run(row)
      for (const label of keys.labels) addLabel.run(seen.scope, label, row)
    }
    const words = searchableText(seen)
    const wordsBefore = held.row === null || !before ? null : searchableText(before)
    if (words === wordsBefore) return
    if (wordsBefore !== null) forgetWords.run(row)
    if (words !== null) indexWords.run(row, indexText(words))
  }

  return { hold, save }
}

export type EntityTable = ReturnType<typeof createEntityTable>
