import type { Entity } from '../log/entity.ts'
import type { EntryState } from '../timeline/entry.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { SeriesState } from '../series/series.ts'

/**
 * The words under which an entity is found: text, decision, tags, comments, file names, and what stood before a correction.
 * @returns null for what is not searched (points, members, imports)
 */
export function searchableText(entity: Entity): string | null {
  switch (entity.kind) {
    case 'incident': {
      const { title, known } = entity.state as IncidentState
      return `${title}\n${known}`
    }
    case 'entry': {
      const state = entity.state as EntryState
      const parts = [state.text, state.decision?.reason, state.decision?.decidedBy, ...state.tags]
      parts.push(...state.corrections.map((correction) => correction.before.text))
      parts.push(...state.comments.map((comment) => comment.text), ...state.evidence.map((file) => file.name))
      return parts.filter((part) => part !== undefined).join('\n')
    }
    case 'series':
      return (entity.state as SeriesState).name
    default:
      return null
  }
}
