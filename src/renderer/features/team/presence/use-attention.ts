import { createContext, use, useEffect, useSyncExternalStore } from 'react'
import { createAttentionDesk, type Attention, type AttentionPart } from './attention.ts'

const DeskContext = createContext(createAttentionDesk())

/** Registers the focus of this member while the calling component is mounted. */
export function useAttention(part: AttentionPart | null, entityId: string | null = null): void {
  const desk = use(DeskContext)
  useEffect(() => (part === null ? undefined : desk.open({ part, entityId })), [desk, part, entityId])
}

/** The current focus on this screen. */
export function useClosestAttention(): Attention | null {
  const desk = use(DeskContext)
  return useSyncExternalStore(desk.watch, desk.closest)
}
