import type { Db } from '#storage/open-database.ts'
import { incidentOfScope, incidentScope } from '#domain/log/ids.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { matchQuery } from '#domain/search/search-terms.ts'
import { gapBetween, gapRule, type GapRule } from '#domain/timeline/gaps.ts'
import { PAGE_SIZE, type Grouping, type TimelineFilter, type TimelineOutline, type TimelinePage } from '#contract/timeline-api.ts'
import type { EntityRow } from '../store/entity-table.ts'
import type { Change } from '../store/replica-store.ts'
import { countMarks, MARK } from './entry-marks.ts'
import { VISIBLE } from '../context/service-context.ts'
import type { WholeLookUps } from './whole-look-ups.ts'
import { createSortedRows, type SortedRows } from './sorted-rows.ts'
import { groupRows, type Groups } from './timeline-groups.ts'

type Lineup = {
  incidentId: string
  filter: TimelineFilter
  rows: SortedRows
  version: number
  /** Rows that were written since; processed when the lineup is next requested. */
  touched: Set<number>
  /** Cached groups, valid for this version. */
  groups: (Groups & { key: string; version: number }) | null
  gapRule: { rule: GapRule; version: number } | null
}

/** Limits of the memory: lists, and rows in all of them (thirteen bytes each). */
const KEPT_LINEUPS = 24
const KEPT_ROWS = 4_000_000
/** With more changes than this a lineup is reloaded. */
const MOST_PATCHES = 500

/**
 * Filtered timelines in pages of 200. The order of a list is loaded once and then updated with each write (see
 * {@link SortedRows}), so that any page of a list of any length costs 200 reads by row.
 */
export function createTimelineList(db: Db, lookUps: WholeLookUps = { admits: () => true }) {
  const lineups = new Map<string, Lineup>()
  const tags = new Map<string, TimelineOutline['tags']>()
  const rowOf = db.prepare<[string], { row: number }>("SELECT row FROM entity WHERE kind = 'entry' AND id = ?")
  // One statement per page takes a third of the time of one per row.
  const entitiesAt = db.prepare<[string], EntityRow>(
    'SELECT row, kind, entity.id, scope, canonical, view, sum FROM json_each(?) AS wanted JOIN entity ON entity.row = wanted.value ORDER BY wanted.key',
  )
  const tagCount = (from: string) =>
    db.prepare<[string], { tag: string; count: number }>(
      `SELECT label AS tag, count(*) AS count FROM ${from} AND label NOT LIKE '→%' GROUP BY label ORDER BY count DESC, label LIMIT 200`,
    )
  const countTags = tagCount('label WHERE label.scope = ?')
  // Entries of an undone import are not counted; checking each row is needed only while such an import exists.
  const countVisibleTags = tagCount(`label JOIN entity ON entity.row = label.row WHERE label.scope = ? AND ${VISIBLE}`)
  const findHiddenImport = db.prepare<[string], { id: string }>(
    "SELECT id FROM entity WHERE kind = 'import' AND scope = ? AND facet <> 'complete' LIMIT 1",
  )
  const declaration = db.prepare<[string], { sort_at: number }>("SELECT sort_at FROM entity WHERE kind = 'incident' AND id = ?")
  let version = 0
  let commitsOfOthers = -1

  function where(
    incidentId: string,
    filter: TimelineFilter,
  ): { sql: string; params: (string | number)[]; column: 'sort_at' | 'recorded_at' } {
    const scope = incidentScope(incidentId)
    const column = filter.order === 'recorded' ? 'recorded_at' : 'sort_at'
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
      filter.text === undefined || filter.text.trim() === ''
        ? undefined
        : lookUps.admits(filter.text)
          ? matchQuery(filter.text, scope)
          : null
    // The typed text contains no searchable word: the result is empty, rather than everything.
    if (match === null) parts.push('0')
    else if (match !== undefined) {
      parts.push('row IN (SELECT rowid FROM search WHERE search MATCH ?)')
      params.push(match)
    }
    return { sql: parts.join(' AND '), params, column }
  }

  function reload(incidentId: string, filter: TimelineFilter): Lineup {
    const { sql, params, column } = where(incidentId, filter)
    const found = db
      .prepare<(string | number)[], [at: number, row: number, mark: number]>(
        `SELECT ${column}, row, ${MARK} FROM entity WHERE ${sql} ORDER BY ${column}, row`,
      )
      .raw()
    const rows = createSortedRows()
    for (const [at, row, mark] of found.all(...params)) rows.insert(at, row, mark)
    version += 1
    return { incidentId, filter, rows, version, touched: new Set(), groups: null, gapRule: null }
  }

  /** Applies the written changes to a lineup; false if reloading it is better. */
  function patch(lineup: Lineup): boolean {
    const { touched, rows, incidentId, filter } = lineup
    if (touched.size === 0) return true
    // Words and tags are in tables of their own: a query for one row costs as much as one for all.
    if (touched.size > MOST_PATCHES || filter.tag !== undefined || filter.text !== undefined) return false
    const { sql, params, column } = where(incidentId, filter)
    const look = db.prepare<(string | number)[], { at: number; mark: number }>(
      `SELECT ${column} AS at, ${MARK} AS mark FROM entity NOT INDEXED WHERE row = ? AND ${sql}`,
    )
    for (const row of touched) {
      rows.remove(row)
      const found = look.get(row, ...params)
      if (found) rows.insert(found.at, row, found.mark)
    }
    touched.clear()
    version += 1
    lineup.version = version
    return true
  }

  /** Another process with the same file may have changed anything. */
  function forgetIfOthersWrote(): void {
    const now = Number(db.pragma('data_version', { simple: true }))
    if (now === commitsOfOthers) return
    commitsOfOthers = now
    lineups.clear()
    tags.clear()
  }

  function dropOldest(): void {
    let kept = 0
    for (const { rows } of lineups.values()) kept += rows.length
    for (const [key, { rows }] of lineups) {
      if (lineups.size <= 1 || (lineups.size <= KEPT_LINEUPS && kept <= KEPT_ROWS)) return
      kept -= rows.length
      lineups.delete(key)
    }
  }

  function lineupOf(incidentId: string, filter: TimelineFilter): Lineup {
    forgetIfOthersWrote()
    const key = JSON.stringify([incidentId, filter])
    const kept = lineups.get(key)
    const lineup = kept && patch(kept) ? kept : reload(incidentId, filter)
    // Keeps the map in order of last use.
    lineups.delete(key)
    lineups.set(key, lineup)
    dropOldest()
    return lineup
  }

  function tagsOf(incidentId: string): TimelineOutline['tags'] {
    const known = tags.get(incidentId)
    if (known) return known
    const scope = incidentScope(incidentId)
    const found = (findHiddenImport.get(scope) ? countVisibleTags : countTags).all(scope)
    tags.set(incidentId, found)
    return found
  }

  function groupsOf(lineup: Lineup, zone: string, grouping: Grouping): Groups {
    const key = `${grouping} ${zone}`
    if (lineup.groups?.key !== key || lineup.groups.version !== lineup.version) {
      lineup.groups = { key, version: lineup.version, ...groupRows(lineup.rows.times(), lineup.rows.marks(), zone, grouping) }
    }
    return lineup.groups
  }

  function gapRuleOf(lineup: Lineup): GapRule | null {
    const { kinds, starred, tag, text } = lineup.filter
    const hides = (kinds?.length ?? 0) > 0 || starred === true || tag !== undefined || (text ?? '').trim() !== ''
    const declaredAt = hides ? undefined : declaration.get(lineup.incidentId)?.sort_at
    if (declaredAt === undefined) return null
    if (lineup.gapRule?.version !== lineup.version)
      lineup.gapRule = { version: lineup.version, rule: gapRule(lineup.rows.times(), declaredAt) }
    return lineup.gapRule.rule
  }

  function gapsOnPage(lineup: Lineup, page: number): TimelinePage['gaps'] {
    const rule = gapRuleOf(lineup)
    const times = lineup.rows.times()
    const gaps: TimelinePage['gaps'] = []
    const from = page * PAGE_SIZE
    for (let place = Math.max(1, from); rule !== null && place < Math.min(times.length, from + PAGE_SIZE); place += 1) {
      const ms = gapBetween(times[place - 1] ?? 0, times[place] ?? 0, rule)
      if (ms !== null) gaps.push({ row: place - from, ms })
    }
    return gaps
  }

  const readRows = (rows: Int32Array): EntityRow[] => entitiesAt.all(JSON.stringify([...rows]))

  return {
    /** Must be called with every change that this process writes. */
    note(changes: readonly Change[]): void {
      for (const { kind, scope, row, relabelled } of changes) {
        const incidentId = incidentOfScope(scope)
        if (incidentId === null) continue
        if (relabelled || kind === 'import') tags.delete(incidentId)
        for (const [key, lineup] of lineups) {
          if (lineup.incidentId !== incidentId) continue
          if (kind === 'entry' && row !== null) lineup.touched.add(row)
          // Its entries appear or vanish as a whole.
          else if (kind === 'import') lineups.delete(key)
        }
      }
    },
    outline(incidentId: string, filter: TimelineFilter, zone: string, grouping: Grouping): TimelineOutline {
      const lineup = lineupOf(incidentId, filter)
      const all = lineupOf(incidentId, { order: filter.order })
      const total = lineup.rows.length
      const { groups, grouping: used } = groupsOf(lineup, zone, grouping)
      return {
        total,
        pages: Math.ceil(total / PAGE_SIZE),
        version: lineup.version,
        grouping: used,
        groups,
        tags: tagsOf(incidentId),
        all: { total: all.rows.length, ...countMarks(all.rows.marks()) },
        gapRule: gapRuleOf(lineup),
      }
    },
    page(incidentId: string, filter: TimelineFilter, page: number): { version: number; rows: EntityRow[]; gaps: TimelinePage['gaps'] } {
      const lineup = lineupOf(incidentId, filter)
      return {
        version: lineup.version,
        rows: readRows(lineup.rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)),
        gaps: gapsOnPage(lineup, page),
      }
    },
    /** Times and marks of a filtered list in its order, valid until the next write. */
    times(incidentId: string, filter: TimelineFilter): { times: Float64Array; marks: Uint8Array } {
      const { rows } = lineupOf(incidentId, filter)
      return { times: rows.times(), marks: rows.marks() }
    },
    /** The last entries of a list, in its order. */
    last(incidentId: string, filter: TimelineFilter, count: number): EntityRow[] {
      const { rows } = lineupOf(incidentId, filter)
      return readRows(rows.slice(Math.max(0, rows.length - count), rows.length))
    },
    /** Position of an entry in a filtered list, or null if the filter hides it. */
    locate(incidentId: string, filter: TimelineFilter, entryId: string): number | null {
      const found = rowOf.get(entryId)
      const position = found ? lineupOf(incidentId, filter).rows.indexOf(found.row) : -1
      return position < 0 ? null : position
    },
    /** Every entry in the order at the time of the call, for exports: one page in memory at a time. */
    *all(incidentId: string, filter: TimelineFilter): Generator<EntityRow> {
      const { rows } = lineupOf(incidentId, filter)
      const asked = rows.slice(0, rows.length)
      for (let from = 0; from < asked.length; from += PAGE_SIZE) yield* readRows(asked.subarray(from, from + PAGE_SIZE))
    },
  }
}

export type TimelineList = ReturnType<typeof createTimelineList>
