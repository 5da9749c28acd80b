import { z } from 'zod'
import { RevealedText, RevealReason, type RevealState } from '#domain/privacy/reveal.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'
import { Language } from './workspace-api.ts'

/** One look at a personal text, for the list of who saw what. What was seen is named by its masked beginning, never shown. */
export type RevealView = Omit<RevealState, 'replicaId'> & {
  id: string
  byName: string
  incidentId: string
  incidentTitle: string
  /** Masked; null where the text is no longer there. */
  excerpt: string | null
  pending: boolean
}

export type RevealedView = {
  /** The full text of that one field. */
  text: string
  /** How long it may be shown, milliseconds. */
  shownMs: number
  /** How many more this member may reveal within the hour. */
  left: number
}

/** Reveals per answer at most. */
export const REVEAL_PAGE = 100

/** Newest reveals before a place in the list; of one incident or all that are readable, of one member or everybody. */
const RevealFilter = { incidentId: z.uuid().nullable(), memberId: z.uuid().nullable() }

/**
 * Personal data: everything that the other calls answer is masked; one text at a time is shown whole to whoever may, with a
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
        ? // The text that was looked at may stand anywhere.
          ['reveals', 'workspace']
        : ofIncident(incidentId, 'reveals', 'incident', 'timeline', 'tasks', 'people', 'risk', 'series', 'imports'),
    )
    .returns<{ reveals: RevealView[]; more: boolean }>(),
  /** The same list as a CSV file, fetched like an export. */
  'personal.revealsAsFile': command(z.strictObject({ ...RevealFilter, language: Language, zone: z.string().max(60) })).returns<{
    exportId: string
    fileName: string
    size: number
    mime: string
  }>(),
}
