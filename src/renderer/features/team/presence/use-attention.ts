import { createContext, use, useEffect, useSyncExternalStore } from 'react'
import { createAttentionDesk, type Attention, type AttentionPart } from './attention.ts'

const DeskContext = createContext(createAttentionDesk())

/** Says to the team, while the calling component stands, that this is what is looked at. */
export function useAttention(part: AttentionPart | null, entityId: string | null = null): void {
  const desk = use(DeskContext)
  useEffect(() => (part === null ? undefined : desk.open({ part, entityId })), [desk, part, entityId])
}

/** What is looked at now on this screen. */
export function useClosestAttention(): Attention | null {
  const desk = use(DeskContext)
  return useSyncExternalStore(desk.watch, desk.closest)
}
