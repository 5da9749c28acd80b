import { useApiClient } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { DraftView } from '#contract/wording-api.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createDraftSession, type DraftSession, type SaveState } from './draft-session.ts'

const TIMERS = { set: (act: () => void, ms: number) => setTimeout(act, ms), clear: (timer: unknown) => clearTimeout(timer as number) }
const SAVED: SaveState = { phase: 'saved', failure: null }

/** A client id of 32 bits; 0 and 1 are reserved. */
function randomClient(): number {
  return Math.max(2, crypto.getRandomValues(new Uint32Array(1))[0] ?? 2)
}

type Opened = { session: DraftSession | null; draft: DraftView | undefined; failure: Failure | null; save: SaveState }

/** Opens the draft of a wording and keeps it in step with the stored one, in both directions. */
export function useDraftSession(incidentId: string | null, wordingId: string): Opened {
  const client = useApiClient()
  const { data: draft, failure } = useRead('wordings.draft', { incidentId, wordingId })
  const [session, setSession] = useState<DraftSession | null>(null)
  const isThere = draft?.wordingId === wordingId

  useEffect(() => {
    if (!isThere || !draft) return
    const opened = createDraftSession(
      draft.doc,
      randomClient(),
      (update) => client.call('wordings.edit', { incidentId, wordingId, update }),
      TIMERS,
    )
    setSession(opened)
    const flush = () => void opened.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      setSession(null)
      void opened.close()
    }
    // The session begins with the draft of that moment; later ones are merged into it below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, incidentId, wordingId, isThere])

  useEffect(() => {
    if (session && draft && isThere) session.receive(draft.doc)
  }, [session, draft, isThere])

  const save = useSyncExternalStore(
    (onChange) => session?.subscribe(onChange) ?? (() => {}),
    () => session?.state() ?? SAVED,
  )
  return { session, draft, failure, save }
}
