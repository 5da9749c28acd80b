import { NOTE_LIMITS, type NoteClosing } from '#domain/wording/draft-note.ts'
import { DraftPassage } from '#domain/wording/draft-passage.ts'
import { CONTENT_LIMITS } from '#domain/wording/content.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/** A comment on a passage of a draft, or a suggestion to replace it (`replacement` is not null). */
export type DraftNoteRow = Pending & {
  id: string
  passage: DraftPassage
  /** The passage as its author read it. */
  quote: string
  body: string
  replacement: string | null
  byName: string
  writtenAt: number
  /** Oldest first. */
  answers: { body: string; byName: string; writtenAt: number }[]
  closed: { how: NoteClosing; byName: string } | null
}

/** Positions are no text, and a passage is shown as it stands in the draft. */
const SHOWS = { shows: ['at', 'start', 'end', 'quote', 'replacement'] } as const

const WordingRef = z.strictObject({ incidentId: z.uuid().nullable(), wordingId: z.uuid() })
const NoteRef = WordingRef.extend({ noteId: z.uuid() })
const Body = z.string().trim().max(NOTE_LIMITS.body)
const does = { action: 'wording.draft' } as const

/** Comments and suggestions in the draft of a text. They are ops like its edits, so that they merge when written offline. */
export const draftNoteApi = {
  /** The open ones first, each group by time. */
  'draftNotes.list': query(WordingRef, SHOWS)
    .dependsOn(({ incidentId }) => ofIncident(incidentId ?? '', 'wording-drafts'))
    .returns<DraftNoteRow[]>(),
  'draftNotes.add': command(
    WordingRef.extend({
      passage: DraftPassage,
      quote: z.string().min(1).max(NOTE_LIMITS.quote),
      body: Body,
      replacement: z.string().max(CONTENT_LIMITS.block).nullable(),
    }),
    does,
  ).returns<null>(),
  'draftNotes.answer': command(NoteRef.extend({ body: Body.min(1) }), does).returns<null>(),
  /** Ends a comment (`resolved`), or refuses a suggestion. */
  'draftNotes.close': command(NoteRef.extend({ how: z.enum(['resolved', 'refused']) }), does).returns<null>(),
  /** Puts a suggested text into the draft and ends the note. */
  'draftNotes.accept': command(NoteRef, does).returns<null>(),
}
