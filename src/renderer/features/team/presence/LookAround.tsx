import { useApiClient, useConnected } from '#client/api-context.tsx'
import type { PresenceFocus } from '#contract/team-api.ts'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { placeOf } from './place-of.ts'
import { useClosestFocus } from './use-focus.ts'

/** After this time without a key, writing has stopped; also the minimum interval of updates to others. Milliseconds. */
const PAUSE_MS = 5000
const PACE_MS = 1500

/** Sends this member's focus to the team, and whether they are writing. The text is never sent. */
export function LookAround() {
  const client = useApiClient()
  const connected = useConnected()
  const { pathname } = useLocation()
  const focus = useClosestFocus()
  const writing = useWriting()
  const seen = useSyncExternalStore(watchVisibility, isVisible)
  const told = useRef({ word: '', at: 0 })
  const { part = null, entityId = null } = focus ?? {}
  useEffect(() => {
    // After a lost connection the replica has no focus of this window, so send it again.
    if (!connected) told.current = { word: '', at: 0 }
  }, [connected])
  useEffect(() => {
    // A hidden window has no focus.
    const place: PresenceFocus | null = seen ? { ...placeOf(pathname), part, entityId, writing } : null
    const word = JSON.stringify(place)
    if (!connected || told.current.word === word) return
    const timer = setTimeout(
      () => {
        told.current = { word, at: performance.now() }
        void client.call('membership.look', { place })
      },
      told.current.word === '' ? 0 : Math.max(0, told.current.at + PACE_MS - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [client, connected, pathname, part, entityId, writing, seen])
  return null
}

/** Whether the user is typing text anywhere on the page. */
function useWriting(): boolean {
  const [writing, setWriting] = useState(false)
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined
    const onInput = (event: Event) => {
      if (!(event.target instanceof HTMLTextAreaElement)) return
      setWriting(true)
      clearTimeout(pause)
      pause = setTimeout(() => setWriting(false), PAUSE_MS)
    }
    document.addEventListener('input', onInput)
    return () => {
      clearTimeout(pause)
      document.removeEventListener('input', onInput)
    }
  }, [])
  return writing
}

const isVisible = () => document.visibilityState === 'visible'

function watchVisibility(onChange: () => void): () => void {
  document.addEventListener('visibilitychange', onChange)
  return () => document.removeEventListener('visibilitychange', onChange)
}
