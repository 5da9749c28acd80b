import type { Db } from '#storage/open-database.ts'
import { incidentOfScope } from '#domain/log/ids.ts'
import { IMPORT } from '#domain/imports/import-entity.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { GapRule } from '#domain/timeline/gaps.ts'
import type { TimelineFilter } from '#contract/timeline-api.ts'
import type { Change } from '../store/replica-store.ts'
import { MARK } from './entry-marks.ts'
import { createSortedRows, type SortedRows } from './sorted-rows.ts'
import type { Groups } from './timeline-groups.ts'
import { timelineQuery } from './timeline-query.ts'
import type { WholeLookUps } from './whole-look-ups.ts'

/** The order of one filtered timeline. */
export type Lineup = {
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

/** The orders of the filtered timelines read last, kept up to date by the writes of this process. */
export type Lineups = {
  /** The present order of a filtered timeline. */
  of(incidentId: string, filter: TimelineFilter): Lineup
  /** Must be called with every change that this process writes. */
  note(changes: readonly Change[]): void
}

/** @param onOthersWrote called when another process has written: what is derived from the file may be out of date */
export function createLineups(db: Db, lookUps: WholeLookUps, onOthersWrote: () => void): Lineups {
  const lineups = new Map<string, Lineup>()
  let version = 0
  let commitsOfOthers = -1

  function reload(incidentId: string, filter: TimelineFilter): Lineup {
    const { sql, params, column } = timelineQuery(incidentId, filter, lookUps)
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
    const { sql, params, column } = timelineQuery(incidentId, filter, lookUps)
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
    onOthersWrote()
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

  return {
    of(incidentId, filter) {
      forgetIfOthersWrote()
      const key = JSON.stringify([incidentId, filter])
      const kept = lineups.get(key)
      const lineup = kept && patch(kept) ? kept : reload(incidentId, filter)
      // Keeps the map in order of last use.
      lineups.delete(key)
      lineups.set(key, lineup)
      dropOldest()
      return lineup
    },

    note(changes) {
      for (const { kind, scope, row } of changes) {
        const incidentId = incidentOfScope(scope)
        if (incidentId === null) continue
        for (const [key, lineup] of lineups) {
          if (lineup.incidentId !== incidentId) continue
          if (kind === ENTRY.kind && row !== null) lineup.touched.add(row)
          // Its entries appear or vanish as a whole.
          else if (kind === IMPORT.kind) lineups.delete(key)
        }
      }
    },
  }
}
