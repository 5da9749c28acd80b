import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import type { ClockId } from '#domain/incidents/clocks.ts'
import { createContext, use } from 'react'

/** The initial action on an opened entry; `enter` moves the focus to it. */
export type EntryIntent = 'read' | 'enter' | 'comment' | 'correct' | 'link'

/** Initial values of a new entry. */
export type EntryStart = { kind?: 'observation' | 'statement' | 'action'; meets?: ClockId[] }

/** A request to the timeline from elsewhere on the incident's pages: begin an entry, or show one in the list. */
export type RoomWish = { write: EntryStart } | { show: string }

/** State and actions shared by all parts of an incident's pages. */
export type Room = {
  incident: IncidentView
  me: MemberView | null
  /** IANA time zone for day boundaries and displayed times. */
  zone: string
  openEntryId: string | null
  /** Opens an entry beside the timeline. */
  openEntry(entryId: string, intent?: EntryIntent): void
  closeEntry(): void
  intent: EntryIntent
  intentDone(): void
  /** Opens an entry and scrolls to its row. */
  showEntry(entryId: string): void
  /** Opens the composer with these values. */
  compose(start: EntryStart): void
  /** A request that the timeline has not handled yet; the timeline clears it. */
  wish: RoomWish | null
  wishDone(): void
  /** Opens the known facts for editing; `knownAsked` counts the requests. */
  editKnown(): void
  knownAsked: number
}

const RoomContext = createContext<Room | null>(null)

export const RoomProvider = RoomContext.Provider

/** The context of the enclosing incident page. */
export function useRoom(): Room {
  const room = use(RoomContext)
  if (!room) throw new Error('useRoom outside of an incident')
  return room
}
