import type { EntryState, Evidence } from '../timeline/entry.ts'
import type { ImportState } from '../imports/import.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { NoticeState } from '../notices/notice.ts'
import { maskPersonal } from '../privacy/mask-personal.ts'
import type { RevealState } from '../privacy/reveal.ts'
import type { AssessmentState } from '../risk/assessment-ops.ts'
import type { PointsState, SeriesState } from '../series/series.ts'
import type { TaskState } from '../tasks/task.ts'
import type { Entity } from './entity.ts'

/** What a store may index an entity by, without knowing its feature. */
export type IndexKeys = {
  /** What lists of this kind are sorted by, milliseconds since 1970. */
  sortAt: number
  /** What they are filtered by first: kind of entry, status of incident. */
  facet: string
  /** The entity it belongs to, beside its scope: a series for its points. */
  parent: string
  /** The import that brought it; it is shown only while that import is complete. */
  origin: string | null
  starred: boolean
  /** Whether it is one of those that its scope is said to hold; what the app noted by itself is not. */
  counted: boolean
  /** Words that lists are filtered by and counted: the tags of an entry as everybody sees them, and what it links to. */
  labels: readonly string[]
  /** The evidence files it refers to. */
  files: readonly Evidence[]
}

/** Marks a label that is no tag but the other end of a link; a tag cannot begin so, see {@link IndexKeys.labels}. */
export const LINK_LABEL = '→'

const NONE: IndexKeys = { sortAt: 0, facet: '', parent: '', origin: null, starred: false, counted: false, labels: [], files: [] }

/** The index keys of an entity's state. Each feature says here what its screens sort and filter by. */
export function indexKeys(entity: Entity): IndexKeys {
  switch (entity.kind) {
    case 'entry': {
      const state = entity.state as EntryState
      return {
        ...NONE,
        sortAt: state.happenedAt,
        facet: state.kind,
        origin: state.importId,
        starred: state.starred,
        counted: state.kind !== 'system',
        labels: [...state.tags.map(maskPersonal), ...state.links.map((link) => `${LINK_LABEL}${link.to}`)],
        files: state.evidence,
      }
    }
    case 'incident': {
      const state = entity.state as IncidentState
      return { ...NONE, sortAt: state.declaredAt, facet: state.status }
    }
    case 'series': {
      const state = entity.state as SeriesState
      return { ...NONE, sortAt: state.createdAt, facet: state.metric, origin: state.importId }
    }
    case 'points': {
      const state = entity.state as PointsState
      return { ...NONE, sortAt: state.points[0]?.[0] ?? 0, parent: state.seriesId, origin: state.importId }
    }
    case 'task': {
      const state = entity.state as TaskState
      return { ...NONE, sortAt: state.dueAt ?? state.createdAt, facet: state.progress }
    }
    case 'assessment':
      return { ...NONE, sortAt: (entity.state as AssessmentState).at }
    case 'reveal': {
      const state = entity.state as RevealState
      return { ...NONE, sortAt: state.at, facet: state.by }
    }
    case 'import': {
      const state = entity.state as ImportState
      return { ...NONE, sortAt: state.startedAt, facet: state.phase }
    }
    case 'notice': {
      const { content, read } = entity.state as NoticeState
      return {
        ...NONE,
        sortAt: content?.at ?? 0,
        facet: content === null ? 'unknown' : read ? 'read' : 'unread',
        parent: content?.incidentId ?? '',
      }
    }
    default:
      return NONE
  }
}
