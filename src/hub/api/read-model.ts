import type { Entity } from '#domain/log/entity.ts'
import type { ImportState } from '#domain/imports/import.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import { incidentOfScope, incidentScope } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import type { PointsState, SeriesPoint, SeriesState } from '#domain/series/series.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import { isOneOf } from '../database/hub-database.ts'
import { toEntity } from '../log/working-set.ts'
import type { TeamHub } from '../team-hub.ts'

/** Records looked through for one page; a page may end early, its cursor goes on. */
const LOOKED_THROUGH = 2000

/** What a token's member may read, asked of the hub's own state. To them a restricted incident is not there. */
export function createReadModel({ hub }: TeamHub) {
  const { kysely, engine } = hub.database

  async function ofKind<State>(kind: string, scope: string): Promise<Entity<State>[]> {
    const rows = await kysely.selectFrom('entity').selectAll().where('kind', '=', kind).where('scope', '=', scope).execute()
    return rows.map((row) => toEntity(row) as Entity<State>)
  }

  async function byIds<State>(kind: string, ids: readonly string[]): Promise<Map<string, Entity<State>>> {
    const rows = await kysely.selectFrom('entity').selectAll().where('kind', '=', kind).where(isOneOf(engine, 'id', ids)).execute()
    return new Map(rows.map((row) => [row.id, toEntity(row) as Entity<State>]))
  }

  /** Whether what an import brought is shown: only while the import stands whole. */
  async function shownImports(ids: readonly (string | null)[]): Promise<(importId: string | null) => boolean> {
    const named = [...new Set(ids.filter((id) => id !== null))]
    const imports = named.length === 0 ? new Map<string, Entity<ImportState>>() : await byIds<ImportState>('import', named)
    return (importId) => importId === null || imports.get(importId)?.state.phase === 'complete'
  }

  async function incident(memberId: string, id: string): Promise<Entity<IncidentState> | null> {
    if (!(await hub.log.mayRead(memberId, incidentScope(id)))) return null
    return ((await hub.log.readEntity('incident', id)) as Entity<IncidentState> | undefined) ?? null
  }

  return {
    incident,
    ofKind,

    /** Newest declaration first. */
    async incidents(memberId: string): Promise<Entity<IncidentState>[]> {
      const ids = (await hub.log.headsFor(memberId)).flatMap(({ scope }) => incidentOfScope(scope) ?? [])
      const found = [...(await byIds<IncidentState>('incident', ids)).values()]
      return found.toSorted((a, b) => b.state.declaredAt - a.state.declaredAt || (a.id < b.id ? -1 : 1))
    },

    /** Entries in the order in which they were recorded, after a sequence number of the incident's log. */
    async entries(memberId: string, incidentId: string, after: number, limit: number): Promise<{ entries: { seq: number; entry: Entity<EntryState> }[]; next: number | null }> {
      const records = await hub.log.readAfter(memberId, incidentScope(incidentId), after, LOOKED_THROUGH)
      const named: { seq: number; id: string }[] = []
      let last = after
      for (const { seq, outcome, bytes } of records) {
        if (named.length === limit) break
        last = seq
        const parsed = outcome.kind === 'accepted' ? parseOp(bytes) : null
        if (parsed?.ok && parsed.op.type === 'entry.record') named.push({ seq, id: parsed.op.entity.id })
      }
      const more = records.length === LOOKED_THROUGH || last < (records.at(-1)?.seq ?? after)
      const found = await byIds<EntryState>('entry', named.map(({ id }) => id))
      const isShown = await shownImports([...found.values()].map(({ state }) => state.importId))
      const entries = named.flatMap(({ seq, id }) => {
        const entry = found.get(id)
        return entry && isShown(entry.state.importId) ? [{ seq, entry }] : []
      })
      return { entries, next: more ? last : null }
    },

    async series(incidentId: string): Promise<Entity<SeriesState>[]> {
      const all = await ofKind<SeriesState>('series', incidentScope(incidentId))
      const isShown = await shownImports(all.map(({ state }) => state.importId))
      return all.filter(({ state }) => isShown(state.importId)).toSorted((a, b) => a.state.createdAt - b.state.createdAt || (a.id < b.id ? -1 : 1))
    },

    /** Points of a series by time. */
    async points(incidentId: string, seriesId: string): Promise<SeriesPoint[]> {
      const chunks = (await ofKind<PointsState>('points', incidentScope(incidentId))).filter(({ state }) => state.seriesId === seriesId)
      const isShown = await shownImports(chunks.map(({ state }) => state.importId))
      return chunks.flatMap(({ state }) => (isShown(state.importId) ? state.points : [])).toSorted(([a], [b]) => a - b)
    },
  }
}

export type ReadModel = ReturnType<typeof createReadModel>
