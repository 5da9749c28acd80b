import type { ReadKind } from '#domain/define-entity.ts'
import { IMPORT } from '#domain/imports/import-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { ImportState } from '#domain/imports/import.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import { incidentOfScope, incidentScope } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import { POINTS, SERIES } from '#domain/series/series-entity.ts'
import type { SeriesPoint, SeriesState } from '#domain/series/series.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import { isOneOf } from '../database/hub-database.ts'
import { readOrMend } from '../log/mend-entity.ts'
import { readRecords } from '../log/record-row.ts'
import type { EntityRow, RecordRow } from '../database/hub-tables.ts'
import type { UnreadableRows } from '../database/unreadable.ts'
import type { ApiHub } from './api-hub.ts'

/** Maximum number of records scanned for one page; a page may end early, and its cursor continues. */
const LOOKED_THROUGH = 2000

/** The items of a list, and how many are unreadable. */
export type Found<State> = { found: Entity<State>[]; unreadable: number }

export type ReadModel = {
  incident: (memberId: string, id: string) => Promise<Entity<IncidentState> | null>
  ofKind: <State>(kind: ReadKind<State>, scope: string) => Promise<Found<State>>
  byIds: <State>(kind: ReadKind<State>, ids: readonly string[]) => Promise<Map<string, Entity<State>>>
  /** Newest declaration first. */
  incidents(memberId: string): Promise<Found<IncidentState>>
  /** Entries in recording order, after a sequence number of the incident's log. */
  entries(
    memberId: string,
    incidentId: string,
    after: number,
    limit: number,
  ): Promise<{
    entries: { seq: number; entry: Entity<EntryState> }[]
    next: number | null
    unreadable: number
  }>
  series(incidentId: string): Promise<Found<SeriesState>>
  /** Points of a series by time. */
  points(incidentId: string, seriesId: string): Promise<{ points: SeriesPoint[]; unreadable: number }>
}

/** The entries that records of a scope created, up to a limit, and the last sequence number looked at. `rows`: notes unreadable ones. */
function entriesIn(records: readonly RecordRow[], after: number, limit: number, rows: UnreadableRows) {
  const named: { seq: number; id: string }[] = []
  let last = after
  let unreadable = 0
  for (const row of records) {
    if (named.length === limit) break
    last = row.seq
    const [record] = readRecords([row], rows)
    if (!record) {
      unreadable += 1
      continue
    }
    const { seq, outcome, bytes } = record
    const parsed = outcome.kind === 'accepted' ? parseOp(bytes) : null
    if (parsed?.ok && parsed.op.type === 'entry.record') named.push({ seq, id: parsed.op.entity.id })
  }
  return { named, last, unreadable }
}

/** Reads the hub's state for a token's member. Restricted incidents that the member may not read appear not to exist. */
export function createReadModel({ hub }: Pick<ApiHub, 'hub'>): ReadModel {
  const { kysely, engine } = hub.database

  /** Unreadable rows are left out and counted in the list. */
  async function readRows<State>(kind: ReadKind<State>, rows: readonly EntityRow[]): Promise<Entity<State>[]> {
    const read: Entity<State>[] = []
    for (const row of rows) {
      const one = await readOrMend(kysely, engine, row, hub.unreadable)
      const entity = kind.as(one?.entity)
      if (entity) read.push(entity)
    }
    return read
  }

  async function ofKind<State>(kind: ReadKind<State>, scope: string): Promise<Found<State>> {
    const rows = await kysely.selectFrom('entity').selectAll().where('kind', '=', kind.kind).where('scope', '=', scope).execute()
    const found = await readRows(kind, rows)
    return { found, unreadable: rows.length - found.length }
  }

  async function byIds<State>(kind: ReadKind<State>, ids: readonly string[]): Promise<Map<string, Entity<State>>> {
    const rows = await kysely
      .selectFrom('entity')
      .selectAll()
      .where('kind', '=', kind.kind)
      .where(isOneOf(engine, 'id', ids))
      .execute()
    return new Map((await readRows(kind, rows)).map((one) => [one.id, one]))
  }

  /** Whether entries of an import are shown: only while the import is complete. */
  async function shownImports(ids: readonly (string | null)[]): Promise<(importId: string | null) => boolean> {
    const named = [...new Set(ids.filter((id) => id !== null))]
    const imports = named.length === 0 ? new Map<string, Entity<ImportState>>() : await byIds(IMPORT, named)
    return (importId) => importId === null || imports.get(importId)?.state.phase === 'complete'
  }

  async function incident(memberId: string, id: string): Promise<Entity<IncidentState> | null> {
    if (!(await hub.log.mayRead(memberId, incidentScope(id)))) return null
    return INCIDENT.as(await hub.log.readEntity(INCIDENT.kind, id)) ?? null
  }

  return {
    incident,
    ofKind,
    byIds,

    async incidents(memberId: string): Promise<Found<IncidentState>> {
      const ids = (await hub.log.headsFor(memberId)).flatMap(({ scope }) => incidentOfScope(scope) ?? [])
      const found = [...(await byIds(INCIDENT, ids)).values()]
      return {
        found: found.toSorted((a, b) => b.state.declaredAt - a.state.declaredAt || (a.id < b.id ? -1 : 1)),
        unreadable: ids.length - found.length,
      }
    },

    async entries(
      memberId: string,
      incidentId: string,
      after: number,
      limit: number,
    ): Promise<{ entries: { seq: number; entry: Entity<EntryState> }[]; next: number | null; unreadable: number }> {
      const rows = await kysely
        .selectFrom('record')
        .selectAll()
        .where('scope', '=', incidentScope(incidentId))
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(LOOKED_THROUGH)
        .execute()
      // Checked after reading, so that a member who just lost access gets nothing.
      const records = (await hub.log.mayRead(memberId, incidentScope(incidentId))) ? rows : []
      const { named, last, unreadable: lost } = entriesIn(records, after, limit, hub.unreadable)
      let unreadable = lost
      const more = records.length === LOOKED_THROUGH || last < (records.at(-1)?.seq ?? after)
      const found = await byIds(
        ENTRY,
        named.map(({ id }) => id),
      )
      const isShown = await shownImports([...found.values()].map(({ state }) => state.importId))
      const entries = named.flatMap(({ seq, id }) => {
        const entry = found.get(id)
        if (!entry) unreadable += 1
        return entry && isShown(entry.state.importId) ? [{ seq, entry }] : []
      })
      return { entries, next: more ? last : null, unreadable }
    },

    async series(incidentId: string): Promise<Found<SeriesState>> {
      const { found: all, unreadable } = await ofKind(SERIES, incidentScope(incidentId))
      const isShown = await shownImports(all.map(({ state }) => state.importId))
      return {
        found: all
          .filter(({ state }) => isShown(state.importId))
          .toSorted((a, b) => a.state.createdAt - b.state.createdAt || (a.id < b.id ? -1 : 1)),
        unreadable,
      }
    },

    async points(incidentId: string, seriesId: string): Promise<{ points: SeriesPoint[]; unreadable: number }> {
      const { found, unreadable } = await ofKind(POINTS, incidentScope(incidentId))
      const chunks = found.filter(({ state }) => state.seriesId === seriesId && Array.isArray(state.points))
      const isShown = await shownImports(chunks.map(({ state }) => state.importId))
      return {
        points: chunks.flatMap(({ state }) => (isShown(state.importId) ? state.points : [])).toSorted(([a], [b]) => a - b),
        unreadable,
      }
    },
  }
}
