import type { Db } from '#storage/open-database.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import { gapBetween, gapRule, type GapRule } from '#domain/timeline/gaps.ts'
import { PAGE_SIZE, type Grouping, type TimelineFilter, type TimelineOutline, type TimelinePage } from '#contract/timeline-api.ts'
import type { EntityRow } from '../store/entity-table.ts'
import type { Change } from '../store/replica-store.ts'
import { countMarks } from './entry-marks.ts'
import type { WholeLookUps } from './whole-look-ups.ts'
import { groupRows, type Groups } from './timeline-groups.ts'
import { createLineups, type Lineup } from './timeline-lineups.ts'
import { createTimelineTags } from './timeline-tags.ts'

/** Filtered timelines in pages of 200. */
export type TimelineList = {
  /** Must be called with every change that this process writes. */
  note(changes: readonly Change[]): void
  outline(incidentId: string, filter: TimelineFilter, zone: string, grouping: Grouping): TimelineOutline
  page(incidentId: string, filter: TimelineFilter, page: number): { version: number; rows: EntityRow[]; gaps: TimelinePage['gaps'] }
  /** Times and marks of a filtered list in its order, valid until the next write. */
  times(incidentId: string, filter: TimelineFilter): { times: Float64Array; marks: Uint8Array }
  /** The last entries of a list, in its order. */
  last(incidentId: string, filter: TimelineFilter, count: number): EntityRow[]
  /** Position of an entry in a filtered list, or null if the filter hides it. */
  locate(incidentId: string, filter: TimelineFilter, entryId: string): number | null
  /** Every entry in the order at the time of the call, for exports: one page in memory at a time. */
  all(incidentId: string, filter: TimelineFilter): Generator<EntityRow>
}

function groupsOf(lineup: Lineup, zone: string, grouping: Grouping): Groups {
  const key = `${grouping} ${zone}`
  if (lineup.groups?.key !== key || lineup.groups.version !== lineup.version) {
    lineup.groups = { key, version: lineup.version, ...groupRows(lineup.rows.times(), lineup.rows.marks(), zone, grouping) }
  }
  return lineup.groups
}

function gapRuleOf(lineup: Lineup, declaredAt: () => number | undefined): GapRule | null {
  const { kinds, starred, tag, text } = lineup.filter
  const hides = (kinds?.length ?? 0) > 0 || starred === true || tag !== undefined || (text ?? '').trim() !== ''
  const since = hides ? undefined : declaredAt()
  if (since === undefined) return null
  if (lineup.gapRule?.version !== lineup.version) lineup.gapRule = { version: lineup.version, rule: gapRule(lineup.rows.times(), since) }
  return lineup.gapRule.rule
}

function gapsOnPage(lineup: Lineup, page: number, rule: GapRule | null): TimelinePage['gaps'] {
  const times = lineup.rows.times()
  const gaps: TimelinePage['gaps'] = []
  const from = page * PAGE_SIZE
  for (let place = Math.max(1, from); rule !== null && place < Math.min(times.length, from + PAGE_SIZE); place += 1) {
    const ms = gapBetween(times[place - 1] ?? 0, times[place] ?? 0, rule)
    if (ms !== null) gaps.push({ row: place - from, ms })
  }
  return gaps
}

/**
 * The order of a list is loaded once and then updated with each write (see `sorted-rows.ts`), so that any page of a list of any
 * length costs 200 reads by row.
 */
export function createTimelineList(db: Db, lookUps: WholeLookUps = { admits: () => true }): TimelineList {
  const tags = createTimelineTags(db)
  const lineups = createLineups(db, lookUps, () => tags.clear())
  const rowOf = db.prepare<[string, string], { row: number }>('SELECT row FROM entity WHERE kind = ? AND id = ?')
  // One statement per page takes a third of the time of one per row.
  const entitiesAt = db.prepare<[string], EntityRow>(
    'SELECT row, kind, entity.id, scope, canonical, view, sum FROM json_each(?) AS wanted JOIN entity ON entity.row = wanted.value ORDER BY wanted.key',
  )
  const sortedAt = db.prepare<[string, string], { sort_at: number }>('SELECT sort_at FROM entity WHERE kind = ? AND id = ?')
  const ruleOf = (lineup: Lineup) => gapRuleOf(lineup, () => sortedAt.get(INCIDENT.kind, lineup.incidentId)?.sort_at)
  const readRows = (rows: Int32Array): EntityRow[] => entitiesAt.all(JSON.stringify([...rows]))

  return {
    note(changes) {
      tags.note(changes)
      lineups.note(changes)
    },

    outline(incidentId, filter, zone, grouping) {
      const lineup = lineups.of(incidentId, filter)
      const all = lineups.of(incidentId, { order: filter.order })
      const total = lineup.rows.length
      const { groups, grouping: used } = groupsOf(lineup, zone, grouping)
      return {
        total,
        pages: Math.ceil(total / PAGE_SIZE),
        version: lineup.version,
        grouping: used,
        groups,
        tags: tags.of(incidentId),
        all: { total: all.rows.length, ...countMarks(all.rows.marks()) },
        gapRule: ruleOf(lineup),
      }
    },

    page(incidentId, filter, page) {
      const lineup = lineups.of(incidentId, filter)
      return {
        version: lineup.version,
        rows: readRows(lineup.rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)),
        gaps: gapsOnPage(lineup, page, ruleOf(lineup)),
      }
    },

    times(incidentId, filter) {
      const { rows } = lineups.of(incidentId, filter)
      return { times: rows.times(), marks: rows.marks() }
    },

    last(incidentId, filter, count) {
      const { rows } = lineups.of(incidentId, filter)
      return readRows(rows.slice(Math.max(0, rows.length - count), rows.length))
    },

    locate(incidentId, filter, entryId) {
      const found = rowOf.get(ENTRY.kind, entryId)
      const position = found ? lineups.of(incidentId, filter).rows.indexOf(found.row) : -1
      return position < 0 ? null : position
    },

    *all(incidentId, filter) {
      const { rows } = lineups.of(incidentId, filter)
      const asked = rows.slice(0, rows.length)
      for (let from = 0; from < asked.length; from += PAGE_SIZE) yield* readRows(asked.subarray(from, from + PAGE_SIZE))
    },
  }
}
