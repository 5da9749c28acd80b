import type { DraftPassage } from './draft-passage.ts'

export const NOTE_CLOSINGS = ['resolved', 'accepted', 'refused'] as const
/** How a note ended; `accepted` and `refused`: of a suggestion. */
export type NoteClosing = (typeof NOTE_CLOSINGS)[number]

export const NOTE_LIMITS = { quote: 400, body: 1000, answers: 100 } as const

export type NoteAnswer = { body: string; by: string; at: number }

/** A comment on a passage of a draft, or a suggestion to replace it. It is pinned to characters, so that it moves with them. */
export type DraftNoteState = {
  wordingId: string
  passage: DraftPassage
  /** The passage as its author read it. */
  quote: string
  body: string
  /** The text suggested in its place; null for a comment. Empty: to delete it. */
  replacement: string | null
  by: string
  at: number
  /** Oldest first. */
  answers: readonly NoteAnswer[]
  closed: { how: NoteClosing; by: string; at: number } | null
}
