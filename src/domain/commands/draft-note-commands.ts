import type { Entity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { MAX_AUTHORS } from '../wording/authors.ts'
import { changeText, openDraft, packUpdates } from '../wording/draft-document.ts'
import { generationOf } from '../wording/draft-generations.ts'
import { NOTE_LIMITS, type DraftNoteState, type NoteClosing } from '../wording/draft-note.ts'
import { findQuoted, textAt, type DraftPassage } from '../wording/draft-passage.ts'
import { DRAFT_NOTE, REVISION, WORDING, WORDING_DRAFT } from '../wording/wording-entity.ts'
import type { CommandRead, CommandRefusal, Draft } from './command.ts'

type NoteRef = { wordingId: string; noteId: string }

const noteOp = (note: Pick<Entity<DraftNoteState>, 'id' | 'scope'>, type: string, body: Draft['body']): Draft => ({
  scope: note.scope,
  kind: 'draft-note',
  id: note.id,
  type,
  body,
})

function findNote(read: CommandRead, { wordingId, noteId }: NoteRef): Entity<DraftNoteState> | undefined {
  const note = read.one(DRAFT_NOTE, noteId)
  return note?.state.wordingId === wordingId ? note : undefined
}

/** Comments on a passage of a draft, or suggests another text for it. */
export function addDraftNote(
  read: CommandRead,
  input: NoteRef & { passage: DraftPassage; quote: string; body: string; replacement: string | null },
): Draft[] | CommandRefusal {
  const { wordingId, noteId, passage, quote, body, replacement } = input
  const wording = read.one(WORDING, wordingId)
  if (!wording) return refuse('not-found')
  const draft = read.one(WORDING_DRAFT, wordingId)?.state
  // A version that was just saved has taken their names from the draft.
  const before = read.one(REVISION, draft?.base ?? '')?.state.contributors ?? []
  const tell = [...new Set([...(draft?.contributors ?? []), ...before])].slice(0, MAX_AUTHORS)
  const note = noteOp({ id: noteId, scope: wording.scope }, 'draft-note.add', { wordingId, passage, quote, body, replacement, tell })
  return [{ ...note, version: 2 }]
}

export function answerDraftNote(read: CommandRead, input: NoteRef & { body: string }): Draft[] | CommandRefusal {
  const note = findNote(read, input)
  return note ? [noteOp(note, 'draft-note.answer', { body: input.body })] : refuse('not-found')
}

/** Ends a note without a change of the text. */
export function closeDraftNote(read: CommandRead, input: NoteRef & { how: Exclude<NoteClosing, 'accepted'> }): Draft[] | CommandRefusal {
  const note = findNote(read, input)
  return note ? [noteOp(note, 'draft-note.close', { how: input.how })] : refuse('not-found')
}

/** The Yjs client id under which a suggestion is written: the same on every device, so that two people who accept it write it once. */
const clientOfNote = (noteId: string) => Number.parseInt(noteId.replaceAll('-', '').slice(-8), 16) + 2

/**
 * Puts a suggested text into the draft and ends the note. The author of the suggestion becomes one of the text. Refused if the
 * passage no longer reads as it did for its author.
 */
export function acceptDraftNote(read: CommandRead, input: NoteRef): Draft[] | CommandRefusal {
  const note = findNote(read, input)
  const draft = read.one(WORDING_DRAFT, input.wordingId)
  if (!note || !draft || note.state.replacement === null) return refuse('not-found')
  const { passage, quote, replacement, closed, by } = note.state
  if (closed) return refuse('changed-meanwhile', { field: 'state', now: closed.how })
  const doc = openDraft(draft.state.doc)
  const range = findQuoted(doc, passage, quote)
  const text = textAt(doc, passage.at)
  const now = text && range ? text.toString() : ''
  const reads = range ? now.slice(range.start, range.end) : ''
  if (!text || !range || reads !== quote) return refuse('changed-meanwhile', { field: 'text', now: reads.slice(0, NOTE_LIMITS.quote) })
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  doc.clientID = clientOfNote(note.id)
  changeText(text, now.slice(0, range.start) + replacement + now.slice(range.end))
  // The note first: the text changes only if nobody ended the note in another way.
  const edits = packUpdates(updates).map((update): Draft => ({
    scope: draft.scope,
    kind: 'wording-draft',
    id: draft.id,
    type: 'wording-draft.edit',
    version: 2,
    body: { update, authors: [by], of: generationOf(draft.state) },
    after: [0],
  }))
  return [noteOp(note, 'draft-note.close', { how: 'accepted' }), ...edits]
}
