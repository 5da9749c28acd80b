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
  /** The part of the text around the first match; `marks` are [start, end) in it. What the app noted is worded in the language asked for. */
  excerpt: string
  marks: [number, number][]
  entryKind: EntryKind | null
  at: number
}

export const searchApi = {
  /** Newest first. `more` says that there are further hits than the page shows. */
  'search.query': query(
    z.strictObject({
      text: z.string().max(200),
      incidentId: z.uuid().optional(),
      limit: z.int().min(1).max(200).default(50),
      /** Of what the app noted; left out, Chinese. */ language: Language.optional(),
    }),
  )
    .dependsOn(({ incidentId }) =>
      incidentId === undefined ? ['incidents'] : ofIncident(incidentId, 'incident', 'timeline', 'series', 'imports'),
    )
    .returns<{ hits: SearchHit[]; more: boolean }>(),
}
