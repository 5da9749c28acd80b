import { z } from 'zod'
import { RevealedText, RevealReason, type RevealState } from '#domain/privacy/reveal.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'
import { Language } from './workspace-api.ts'

/** One reveal, for the list of who saw what. The revealed text is identified by its masked beginning and never shown. */
export type RevealView = Omit<RevealState, 'replicaId'> & {
  id: string
  byName: string
  incidentId: string
  incidentTitle: string
  /** Masked; null if the text no longer exists. */
  excerpt: string | null
  pending: boolean
}

export type RevealedView = {
  /** The full text of that one field. */
  text: string
  /** How long it may be shown, milliseconds. */
  shownMs: number
  /** How many reveals this member has left within the hour. */
  left: number
}

/** Maximum number of reveals per answer. */
export const REVEAL_PAGE = 100

/** Reveals older than a position in the list, newest first; of one incident or all readable ones, of one member or everybody. */
const RevealFilter = { incidentId: z.uuid().nullable(), memberId: z.uuid().nullable() }

/**
 * Personal data: the answers of all other calls are masked; a permitted member may see one text at a time in full, with a
 * reason, and only after the record of it is on disk (reliability study R1, T3; LI-03).
 */
export const personalApi = {
  'personal.reveal': command(
    z.strictObject({ incidentId: z.uuid(), of: RevealedText, reason: RevealReason, words: z.string().trim().min(1).max(300) }),
    { action: 'personal.reveal' },
  ).returns<RevealedView>(),
  'personal.reveals': query(z.strictObject({ ...RevealFilter, before: z.strictObject({ at: z.int(), id: z.string().max(80) }).nullable() }))
    .dependsOn(({ incidentId }) =>
      incidentId === null
        ? // The revealed text may appear in any answer.
          ['reveals', 'workspace']
        : ofIncident(incidentId, 'reveals', 'incident', 'timeline', 'tasks', 'people', 'risk', 'series', 'imports'),
    )
    .returns<{ reveals: RevealView[]; more: boolean }>(),
  /** The same list as a CSV file, downloaded like an export. */
  'personal.revealsAsFile': command(z.strictObject({ ...RevealFilter, language: Language, zone: z.string().max(60) })).returns<{
    exportId: string
    fileName: string
    size: number
    mime: string
  }>(),
}
