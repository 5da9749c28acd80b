import type { EntryKind } from '#domain/timeline/entry.ts'
import { z } from 'zod'
import { query } from './procedure.ts'
import { ofIncident } from './topics.ts'
import { Language } from './workspace-api.ts'

export type SearchHit = {
  kind: 'incident' | 'entry' | 'series'
  id: string
  incidentId: string
  incidentTitle: string
  /** The text around the first match; `marks` are [start, end) ranges in it. System notes are worded in the requested language. */
  excerpt: string
  marks: [number, number][]
  entryKind: EntryKind | null
  at: number
}

export const searchApi = {
  /** Newest first. `more`: there are further hits than the page shows. */
  'search.query': query(
    z.strictObject({
      text: z.string().max(200),
      incidentId: z.uuid().optional(),
      limit: z.int().min(1).max(200).default(50),
      /** Language of system notes; default: Chinese. */ language: Language.optional(),
    }),
  )
    .dependsOn(({ incidentId }) =>
      incidentId === undefined ? ['incidents'] : ofIncident(incidentId, 'incident', 'timeline', 'series', 'imports'),
    )
    .returns<{ hits: SearchHit[]; more: boolean }>(),
}
