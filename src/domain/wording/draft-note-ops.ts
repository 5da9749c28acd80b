import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, type Applied, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse } from '../log/refusal.ts'
import { MAX_AUTHORS } from './authors.ts'
import { CONTENT_LIMITS } from './content.ts'
import { NOTE_CLOSINGS, NOTE_LIMITS, type DraftNoteState } from './draft-note.ts'
import { DraftPassage } from './draft-passage.ts'
import { DRAFT_NOTE, WORDING } from './wording-entity.ts'

const Body = z.string().trim().max(NOTE_LIMITS.body)

/** `replacement`: the text suggested for the passage; null for a comment. */
export const DraftNoteAdd = z.strictObject({
  wordingId: LoggedUuid,
  passage: DraftPassage,
  quote: z.string().max(NOTE_LIMITS.quote),
  body: Body,
  replacement: z.string().max(CONTENT_LIMITS.block).nullable(),
})
/** `tell`: who wrote in the draft. */
export const DraftNoteAdd2 = DraftNoteAdd.extend({ tell: z.array(LoggedUuid).max(MAX_AUTHORS) })
export const DraftNoteAnswer = z.strictObject({ body: Body.min(1) })
export const DraftNoteClose = z.strictObject({ how: z.enum(NOTE_CLOSINGS) })

const COMMON = { version: 1, action: 'wording.draft', expects: null, notifies: null, webhook: null } as const

type Note = Entity<DraftNoteState>
type Added = z.infer<typeof DraftNoteAdd>

function mayAdd(context: DecisionContext, note: Note | undefined, { wordingId, body, replacement }: Added, op: Op) {
  if (note) return refuse('already-exists')
  if (WORDING.read(context, wordingId)?.scope !== op.scope) return refuse('not-found')
  return body === '' && replacement === null ? refuse('text-empty') : null
}

const added = (note: Note | undefined, body: Added, applied: Applied, op: Op) =>
  note ?? createEntity<DraftNoteState>(op, { ...body, by: applied.actor, at: applied.recordedAt, answers: [], closed: null })

export const DRAFT_NOTE_OPS = [
  DRAFT_NOTE.op('draft-note.add', { ...COMMON, body: DraftNoteAdd, decide: mayAdd, fold: added }),
  DRAFT_NOTE.op('draft-note.add', {
    ...COMMON,
    version: 2,
    body: DraftNoteAdd2,
    notifies: {
      may: ({ tell }) => tell.length > 0,
      calls: ({ wordingId, tell }) => [{ to: tell, rule: 'draft-noted', params: { wordingId } }],
    },
    decide: mayAdd,
    fold: (note, { tell: _tell, ...body }, applied, op) => added(note, body, applied, op),
  }),
  // An answer to a note that was closed meanwhile is kept: it was written for the others to read.
  DRAFT_NOTE.op('draft-note.answer', {
    ...COMMON,
    body: DraftNoteAnswer,
    notifies: {
      may: () => true,
      // Who began the note and who has answered it.
      calls: (_body, { state }) =>
        state
          ? [{ to: [state.by, ...state.answers.map(({ by }) => by)], rule: 'draft-answered', params: { wordingId: state.wordingId } }]
          : [],
    },
    decide: (_context, note) => {
      if (!note) return refuse('not-found')
      return note.state.answers.length < NOTE_LIMITS.answers ? null : refuse('too-many', { limit: NOTE_LIMITS.answers })
    },
    fold: (note, { body }, { actor, recordedAt }) =>
      note && note.state.answers.length < NOTE_LIMITS.answers
        ? { ...note, state: { ...note.state, answers: [...note.state.answers, { body, by: actor, at: recordedAt }] } }
        : note,
  }),
  DRAFT_NOTE.op('draft-note.close', {
    ...COMMON,
    body: DraftNoteClose,
    decide: (_context, note, { how }) => {
      if (!note) return refuse('not-found')
      const { closed, replacement } = note.state
      if ((replacement === null) !== (how === 'resolved')) return refuse('not-found')
      // Two people who end it in the same way do not contradict each other.
      return closed && closed.how !== how ? refuse('changed-meanwhile', { field: 'state', now: closed.how }) : null
    },
    fold: (note, { how }, { actor, recordedAt }) =>
      note && note.state.closed === null ? { ...note, state: { ...note.state, closed: { how, by: actor, at: recordedAt } } } : note,
  }),
]
