import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import type { ClockId } from '#domain/incidents/clocks.ts'
import { createContext, use } from 'react'

/** What to do with an entry as soon as it is open; `enter` takes the focus to it. */
export type EntryIntent = 'read' | 'enter' | 'comment' | 'correct' | 'link'

/** With what an entry is begun. */
export type EntryStart = { kind?: 'observation' | 'statement' | 'action'; meets?: ClockId[] }

/** What some part of an incident's pages asks of the timeline: to begin an entry, or to show one where it stands. */
export type RoomWish = { write: EntryStart } | { show: string }

/** What every part of an incident's pages knows and may ask of the others. */
export type Room = {
  incident: IncidentView
  me: MemberView | null
  /** IANA zone in which days begin and times are shown. */
  zone: string
  openEntryId: string | null
  /** Opens an entry beside the timeline. */
  openEntry(entryId: string, intent?: EntryIntent): void
  closeEntry(): void
  intent: EntryIntent
  intentDone(): void
  /** Opens an entry and brings its row on the screen. */
  showEntry(entryId: string): void
  /** Opens the composer with these parts filled in. */
  compose(start: EntryStart): void
  /** What the timeline has not done yet; it says when it has. */
  wish: RoomWish | null
  wishDone(): void
  /** Opens what is known for writing; `knownAsked` counts how often that was wanted. */
  editKnown(): void
  knownAsked: number
}

const RoomContext = createContext<Room | null>(null)

export const RoomProvider = RoomContext.Provider

/** The incident around the calling component. */
export function useRoom(): Room {
  const room = use(RoomContext)
  if (!room) throw new Error('useRoom outside of an incident')
  return room
}
