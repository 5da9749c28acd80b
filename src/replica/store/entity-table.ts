import type { Db } from '#storage/open-database.ts'
import { checkRow, rowSum } from '#storage/row-sum.ts'
import type { Entity } from '#domain/log/entity.ts'
import { indexKeys } from '#domain/index-keys.ts'
import type { IndexKeys } from '#domain/log/index-keys.ts'
import { indexedWords, searchableTexts } from '#domain/search/searchable.ts'
import { placeWord } from '#domain/search/search-terms.ts'

export type EntityRow = { row: number; kind: string; id: string; scope: string; canonical: string | null; view: string | null; sum: number }

/** An entity on this device: its state by the hub's log, and its view if own ops are pending on it. */
export type Held = { row: number | null; canonical: Entity | undefined; view: Entity | undefined; pending: boolean }

/** Changes of the counts, by scope and origin. */
export type Tally = Map<string, number>

/** The row it was saved in (null if there was nothing to save), and whether its labels changed. */
export type Saved = { row: number | null; relabelled: boolean }

function unpack(text: string | null, kind: string, id: string, scope: string): Entity | undefined {
  return text === null ? undefined : ({ ...(JSON.parse(text) as object), kind, id, scope } as Entity)
}

function pack(entity: Entity | undefined): string | null {
  if (!entity) return null
  const { kind: _kind, id: _id, scope: _scope, ...body } = entity
  return JSON.stringify(body)
}

/** What a row shows: the view if there is one, else the canonical state. */
export function seenEntity(row: Pick<EntityRow, 'kind' | 'id' | 'scope' | 'canonical' | 'view' | 'sum'>): Entity | undefined {
  checkRow(row.sum, `${row.kind} ${row.id}`, row.kind, row.id, row.scope, row.canonical, row.view)
  return unpack(row.view ?? row.canonical, row.kind, row.id, row.scope)
}

/** The `entity` table, with the indexes that follow from it. */
export type EntityTable = {
  hold(kind: string, id: string): Held
  /**
   * Stores the current state of an entity.
   * @param before the view before, to find what changed
   * @param tally collects the changes of the counts
   */
  save(kind: string, id: string, held: Held, before: Entity | undefined, tally: Tally): Saved
  /** Writes the changed counts; once per transaction, however many entities were saved. */
  saveTally(tally: Tally): void
}

/** Reads and writes the `entity` table and keeps the full-text index in step. Used inside a transaction of the store. */
export function createEntityTable(db: Db): EntityTable {
  const find = db.prepare<[string, string], EntityRow>(
    'SELECT row, kind, id, scope, canonical, view, sum FROM entity WHERE kind = ? AND id = ?',
  )
  const insert = db.prepare(
    'INSERT INTO entity (kind, id, scope, canonical, view, sum, sort_at, recorded_at, facet, parent, origin, starred) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare(
    'UPDATE entity SET canonical = ?, view = ?, sum = ?, sort_at = ?, recorded_at = ?, facet = ?, parent = ?, origin = ?, starred = ? WHERE row = ?',
  )
  const remove = db.prepare('DELETE FROM entity WHERE row = ?')
  const indexWords = db.prepare('INSERT INTO search (rowid, text, whole, place) VALUES (?, ?, ?, ?)')
  const addLabel = db.prepare('INSERT OR IGNORE INTO label (scope, label, row) VALUES (?, ?, ?)')
  const forgetLabels = db.prepare('DELETE FROM label WHERE row = ?')
  const forgetWords = db.prepare('DELETE FROM search WHERE rowid = ?')
  const addUse = db.prepare('INSERT OR REPLACE INTO evidence_use (hash, row, scope, size, mime, name) VALUES (?, ?, ?, ?, ?, ?)')
  const forgetUses = db.prepare('DELETE FROM evidence_use WHERE row = ?')
  const addToTally = db.prepare(
    'INSERT INTO tally (scope, origin, count) VALUES (?, ?, ?) ON CONFLICT (scope, origin) DO UPDATE SET count = count + excluded.count',
  )

  function hold(kind: string, id: string): Held {
    const row = find.get(kind, id)
    if (!row) return { row: null, canonical: undefined, view: undefined, pending: false }
    checkRow(row.sum, `${kind} ${id}`, kind, id, row.scope, row.canonical, row.view)
    const canonical = unpack(row.canonical, kind, id, row.scope)
    return {
      row: row.row,
      canonical,
      view: row.view === null ? canonical : unpack(row.view, kind, id, row.scope),
      pending: row.view !== null,
    }
  }

  function keepLabels(row: number, scope: string, now: readonly string[], before: readonly string[]): boolean {
    if (now.join('\n') === before.join('\n')) return false
    if (before.length > 0) forgetLabels.run(row)
    for (const label of now) addLabel.run(scope, label, row)
    return true
  }

  function keepUses(row: number, scope: string, now: IndexKeys['files'], before: IndexKeys['files']): void {
    if (now.length === before.length && now.every((file, index) => file.hash === before[index]?.hash)) return
    if (before.length > 0) forgetUses.run(row)
    for (const { hash, size, mime, name } of now) addUse.run(hash, row, scope, size, mime, name)
  }

  function keepWords(row: number, scope: string, now: Entity | undefined, before: Entity | undefined): void {
    const textsNow = now ? searchableTexts(now) : null
    const textsBefore = before ? searchableTexts(before) : null
    if (textsNow?.join('\n') === textsBefore?.join('\n')) return
    if (textsBefore !== null) forgetWords.run(row)
    const words = now ? indexedWords(now) : null
    if (words) indexWords.run(row, words.text, words.whole, placeWord(scope))
  }

  function count(tally: Tally, scope: string, { counted, origin }: IndexKeys, by: number): void {
    if (!counted) return
    const key = `${scope}\n${origin ?? ''}`
    tally.set(key, (tally.get(key) ?? 0) + by)
  }

  function save(kind: string, id: string, held: Held, before: Entity | undefined, tally: Tally): Saved {
    const seen = held.view
    const keysBefore = before ? indexKeys(before) : null
    if (before && keysBefore) count(tally, before.scope, keysBefore, -1)
    if (!seen) {
      // The only op on it was pending and has been rejected: the row is deleted.
      if (held.row !== null) {
        keepWords(held.row, '', undefined, before)
        forgetLabels.run(held.row)
        forgetUses.run(held.row)
        remove.run(held.row)
      }
      return { row: held.row, relabelled: (keysBefore?.labels.length ?? 0) > 0 }
    }
    const keys = indexKeys(seen)
    const recordedAt = (seen.state as { recordedAt?: number }).recordedAt ?? keys.sortAt
    const canonical = pack(held.canonical)
    const view = held.pending ? pack(seen) : null
    const sum = rowSum(kind, id, seen.scope, canonical, view)
    const columns = [canonical, view, sum, keys.sortAt, recordedAt, keys.facet, keys.parent, keys.origin, keys.starred ? 1 : 0]
    let row = held.row
    if (row === null) {
      row = Number(insert.run(kind, id, seen.scope, ...columns).lastInsertRowid)
    } else {
      update.run(...columns, row)
    }
    count(tally, seen.scope, keys, 1)
    keepUses(row, seen.scope, keys.files, keysBefore?.files ?? [])
    keepWords(row, seen.scope, seen, before)
    return { row, relabelled: keepLabels(row, seen.scope, keys.labels, keysBefore?.labels ?? []) }
  }

  function saveTally(tally: Tally): void {
    for (const [key, by] of tally) {
      const [scope = '', origin = ''] = key.split('\n')
      if (by !== 0) addToTally.run(scope, origin, by)
    }
  }

  return { hold, save, saveTally }
}
