import { IMPORT } from '#domain/imports/import-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { Db } from '#storage/open-database.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { LINK_LABEL } from '#domain/log/index-keys.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { EntryRow, EntryView } from '#contract/timeline-api.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

/** Cut after masking: no pattern would match a truncated number. */
const LINK_TEXT = 80

export type EntryViews = {
  /** The stored rows as rows of a list. */
  rows(incidentId: string, rows: readonly EntityRow[]): EntryRow[]
  /** One entry with all its details, or null if the incident has no such entry. */
  view(incidentId: string, entryId: string): EntryView | null
}

/** Converts stored entries to what a screen shows. */
export function createEntryViews(context: ServiceContext): EntryViews {
  const { db, store } = context
  const isPending = pendingIds(context, ENTRY.kind)

  function metBy(incidentId: string): Map<string, string[]> {
    const incident = INCIDENT.read(store, incidentId)
    const met = new Map<string, string[]>()
    for (const clock of incident?.state.clocks ?? []) {
      if (clock.met) met.set(clock.met.entryId, [...(met.get(clock.met.entryId) ?? []), clock.id])
    }
    return met
  }

  function rowMaker(incidentId: string): (entity: Entity<EntryState>, pending: boolean) => EntryRow {
    const names = memberNames(context)
    const met = metBy(incidentId)
    return (entity, pending) => {
      const { comments, corrections, ...state } = entity.state
      return {
        ...state,
        id: entity.id,
        authorName: names(state.author),
        commentCount: comments.length,
        correctionCount: corrections.length,
        metClocks: met.get(entity.id) ?? [],
        pending,
      }
    }
  }

  return {
    rows(incidentId, rows) {
      const make = rowMaker(incidentId)
      return rows.flatMap((row) => {
        const entity = ENTRY.as(seenEntity(row))
        // A separate view exists only while own ops are pending.
        return entity ? [make(entity, row.view !== null)] : []
      })
    },

    view(incidentId, entryId) {
      const entity = ENTRY.read(store, entryId)
      if (entity?.scope !== incidentScope(incidentId)) return null
      const names = memberNames(context)
      const { comments, corrections, importId } = entity.state
      const source = importId === null ? undefined : IMPORT.read(store, importId)
      return {
        ...rowMaker(incidentId)(entity, isPending(entity.id)),
        comments: comments.map((comment) => ({ ...comment, authorName: names(comment.author) })),
        corrections: corrections.map((correction) => ({ ...correction, byName: names(correction.by) })),
        linked: linksOf(db, entity),
        importName: source?.state.fileName ?? null,
      }
    },
  }
}

function linksOf(db: Db, entity: Entity<EntryState>): EntryView['linked'] {
  const shown = (
    row: EntityRow | undefined,
    relation: EntryView['linked'][number]['relation'],
    direction: 'to' | 'from',
  ): EntryView['linked'] => {
    const other = row ? ENTRY.as(seenEntity(row)) : undefined
    return other
      ? [
          {
            id: other.id,
            relation,
            direction,
            text: maskPersonal(other.state.text).slice(0, LINK_TEXT),
            ...(other.state.event ? { event: other.state.event } : {}),
            happenedAt: other.state.happenedAt,
            kind: other.state.kind,
          },
        ]
      : []
  }
  const byId = db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'entry' AND id = ?")
  const to = entity.state.links.flatMap((link) => shown(byId.get(link.to), link.relation, 'to'))
  const back = db
    .prepare<[string, string], EntityRow>(
      'SELECT entity.* FROM label JOIN entity ON entity.row = label.row WHERE label.scope = ? AND label.label = ?',
    )
    .all(entity.scope, `${LINK_LABEL}${entity.id}`)
  const from = back.flatMap((row) => {
    const other = ENTRY.as(seenEntity(row))
    const link = other?.state.links.find((one) => one.to === entity.id)
    return link ? shown(row, link.relation, 'from') : []
  })
  return [...to, ...from]
}
