import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { createContext, use } from 'react'
import type { EntryDraft } from '../composer/entry-draft.ts'

/** What to do with an entry as soon as it is open; `enter` takes the focus to it. */
export type EntryIntent = 'read' | 'enter' | 'comment' | 'correct' | 'link'

/** What every part of the room knows and may ask of the others. */
export type Room = {
  incident: IncidentView
  me: MemberView | null
  /** IANA zone in which days begin and times are shown. */
  zone: string
  openEntryId: string | null
  /** Opens an entry in the side panel. */
  openEntry(entryId: string, intent?: EntryIntent): void
  closeEntry(): void
  /** Opens an entry and brings its row on the screen. */
  showEntry(entryId: string): void
  /** Opens the composer with these parts filled in. */
  compose(change: Partial<EntryDraft>): void
  /** Opens what is known for writing; `knownAsked` counts how often that was wanted. */
  editKnown(): void
  knownAsked: number
}

const RoomContext = createContext<Room | null>(null)

export const RoomProvider = RoomContext.Provider

/** The room around the calling component. */
export function useRoom(): Room {
  const room = use(RoomContext)
  if (!room) throw new Error('useRoom outside of the incident room')
  return room
}
