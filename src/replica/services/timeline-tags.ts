import type { Db } from '#storage/open-database.ts'
import { IMPORT } from '#domain/imports/import-entity.ts'
import { incidentOfScope, incidentScope } from '#domain/log/ids.ts'
import type { TimelineOutline } from '#contract/timeline-api.ts'
import { VISIBLE } from '../context/service-context.ts'
import type { Change } from '../store/replica-store.ts'

/** The tags of each incident with their counts, kept until they change. */
export type TimelineTags = {
  of(incidentId: string): TimelineOutline['tags']
  /** Must be called with every change that this process writes. */
  note(changes: readonly Change[]): void
  clear(): void
}

export function createTimelineTags(db: Db): TimelineTags {
  const tags = new Map<string, TimelineOutline['tags']>()
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

  return {
    of(incidentId) {
      const known = tags.get(incidentId)
      if (known) return known
      const scope = incidentScope(incidentId)
      const found = (findHiddenImport.get(scope) ? countVisibleTags : countTags).all(scope)
      tags.set(incidentId, found)
      return found
    },

    note(changes) {
      for (const { kind, scope, relabelled } of changes) {
        const incidentId = incidentOfScope(scope)
        if (incidentId !== null && (relabelled || kind === IMPORT.kind)) tags.delete(incidentId)
      }
    },

    clear: () => tags.clear(),
  }
}
