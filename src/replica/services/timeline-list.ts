import { DateTime } from 'luxon'
import type { Db } from '#storage/open-database.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { matchQuery } from '#domain/search/search-terms.ts'
import { PAGE_SIZE, type TimelineFilter, type TimelineOutline } from '#contract/timeline-api.ts'
import type { EntityRow } from '../store/entity-table.ts'
import { VISIBLE } from './service-context.ts'

type Key = { at: number; id: string }

type Outline = TimelineOutline & { starts: Key[] }

const KEPT_OUTLINES = 24

/** The days of a run of ascending times in a zone, counted; the zone's arithmetic is asked once a day, not once a row. */
function dayCounter(zone: string) {
  const days: { day: string; count: number }[] = []
  let from = 0
  let to = Number.NEGATIVE_INFINITY
  return {
    add(at: number) {
      if (at < from || at >= to) {
        const local = DateTime.fromMillis(at, { zone })
        const start = (local.isValid ? local : DateTime.fromMillis(at, { zone: 'utc' })).startOf('day')
        from = start.toMillis()
        to = start.plus({ days: 1 }).toMillis()
        days.push({ day: start.toISODate() ?? '', count: 0 })
      }
      const last = days.at(-1)
      if (last) last.count += 1
    },
    days,
  }
}

/**
 * Filtered timelines as pages of 200. An outline is computed once per change of the timeline and remembers the key at which
 * each page starts, so that any page of any length of list is one read along an index.
 */
export function createTimelineList(db: Db) {
  const outlines = new Map<string, { stamp: string; outline: Outline }>()
  // Changes when another process commits; own commits are counted by the caller's stamp.
  const dataVersion = () => Number(db.pragma('data_version', { simple: true }))
  const totalChanges = db.prepare<[], { count: number }>('SELECT total_changes() AS count')
  const tagsOf = db.prepare<[string], { tag: string; count: number }>(
    `SELECT label AS tag, count(*) AS count FROM label WHERE scope = ? AND label NOT LIKE '→%' GROUP BY label ORDER BY count DESC, label LIMIT 200`,
  )
  let version = 0

  function where(incidentId: string, filter: TimelineFilter): { sql: string; params: (string | number)[]; column: 'sort_at' | 'recorded_at' } {
    const column = filter.order === 'recorded' ? 'recorded_at' : 'sort_at'
    const parts = ["kind = 'entry'", 'scope = ?', VISIBLE]
    const params: (string | number)[] = [incidentScope(incidentId)]
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
      params.push(incidentScope(incidentId), filter.tag)
    }
    const match = filter.text === undefined || filter.text.trim() === '' ? undefined : matchQuery(filter.text)
    // Something was typed that no word can match: nothing is found, rather than everything.
    if (match === null) parts.push('0')
    else if (match !== undefined) {
      parts.push('row IN (SELECT rowid FROM search WHERE search MATCH ?)')
      params.push(match)
    }
    return { sql: parts.join(' AND '), params, column }
  }

  function outline(incidentId: string, filter: TimelineFilter, zone: string): Outline {
    const key = JSON.stringify([incidentId, filter, zone])
    const stamp = `${dataVersion()}:${totalChanges.get()?.count ?? 0}`
    const kept = outlines.get(key)
    if (kept?.stamp === stamp) return kept.outline
    const { sql, params, column } = where(incidentId, filter)
    const rows = db.prepare<(string | number)[], Key>(`SELECT ${column} AS at, id FROM entity WHERE ${sql} ORDER BY ${column}, id`)
    const starts: Key[] = []
    const counter = dayCounter(zone)
    let total = 0
    for (const row of rows.iterate(...params)) {
      if (total % PAGE_SIZE === 0) starts.push(row)
      counter.add(row.at)
      total += 1
    }
    version += 1
    const made = { total, pages: starts.length, version, days: counter.days, tags: tagsOf.all(incidentScope(incidentId)), starts }
    outlines.delete(key)
    outlines.set(key, { stamp, outline: made })
    for (const old of outlines.keys()) {
      if (outlines.size <= KEPT_OUTLINES) break
      outlines.delete(old)
    }
    return made
  }

  /** The newest outline of a filter in any zone: pages do not depend on where days begin. */
  function anyOutline(incidentId: string, filter: TimelineFilter): Outline {
    const stamp = `${dataVersion()}:${totalChanges.get()?.count ?? 0}`
    const prefix = JSON.stringify([incidentId, filter]).slice(0, -1)
    for (const [key, kept] of outlines) if (key.startsWith(prefix) && kept.stamp === stamp) return kept.outline
    return outline(incidentId, filter, 'utc')
  }

  return {
    outline,
    page(incidentId: string, filter: TimelineFilter, page: number): { version: number; rows: EntityRow[] } {
      const { starts, version: made } = anyOutline(incidentId, filter)
      const start = starts[page]
      if (!start) return { version: made, rows: [] }
      const { sql, params, column } = where(incidentId, filter)
      const rows = db
        .prepare<(string | number)[], EntityRow>(`SELECT * FROM entity WHERE ${sql} AND (${column}, id) >= (?, ?) ORDER BY ${column}, id LIMIT ${PAGE_SIZE}`)
        .all(...params, start.at, start.id)
      return { version: made, rows }
    },
    /** Position of an entry in a filtered list, or null when the filter hides it. */
    locate(incidentId: string, filter: TimelineFilter, entryId: string): number | null {
      const { sql, params, column } = where(incidentId, filter)
      const key = db.prepare<(string | number)[], Key>(`SELECT ${column} AS at, id FROM entity WHERE ${sql} AND id = ?`).get(...params, entryId)
      if (!key) return null
      const before = db
        .prepare<(string | number)[], { count: number }>(`SELECT count(*) AS count FROM entity WHERE ${sql} AND (${column}, id) < (?, ?)`)
        .get(...params, key.at, key.id)
      return before?.count ?? 0
    },
    /** Every row in order, for exports: one page in memory at a time. */
    *all(incidentId: string, filter: TimelineFilter): Generator<EntityRow> {
      const { sql, params, column } = where(incidentId, filter)
      const next = db.prepare<(string | number)[], EntityRow & { at: number }>(
        `SELECT *, ${column} AS at FROM entity WHERE ${sql} AND (${column}, id) > (?, ?) ORDER BY ${column}, id LIMIT ${PAGE_SIZE}`,
      )
      let last: Key = { at: Number.MIN_SAFE_INTEGER, id: '' }
      for (;;) {
        const rows = next.all(...params, last.at, last.id)
        yield* rows
        const end = rows.at(-1)
        if (!end) return
        last = { at: end.at, id: end.id }
      }
    },
  }
}

export type TimelineList = ReturnType<typeof createTimelineList>
