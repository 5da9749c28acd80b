import { useApiClient } from '#client/api-context.tsx'
import type { PresencePlace } from '#contract/team-api.ts'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { placeOf } from './place-of.ts'

/** After this without a key somebody has stopped writing; and no more often than this the others are told. Milliseconds. */
const PAUSE_MS = 5000
const PACE_MS = 1500

/** Tells the others of the team where this member's attention is, and whether something is being written there. Never what. */
export function LookAround() {
  const client = useApiClient()
  const { pathname } = useLocation()
  const [writing, setWriting] = useState(false)
  const told = useRef<string>('')
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
  useEffect(() => {
    const place: PresencePlace = { ...placeOf(pathname), entityId: null, writing }
    const word = JSON.stringify(place)
    if (told.current === word) return
    const timer = setTimeout(
      () => {
        told.current = word
        void client.call('membership.look', { place })
      },
      told.current === '' ? 0 : PACE_MS,
    )
    return () => clearTimeout(timer)
  }, [client, pathname, writing])
  return null
}
