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
  const [opened, setOpened] = useState<{ session: DraftSession; generation: number } | null>(null)
  const isThere = draft?.wordingId === wordingId
  const generation = draft?.generation ?? 0
  const session = opened?.session ?? null

  useEffect(() => {
    if (!isThere || !draft) return
    const begun = createDraftSession(
      draft.doc,
      randomClient(),
      (update) => client.call('wordings.edit', { incidentId, wordingId, update, generation }),
      TIMERS,
    )
    setOpened({ session: begun, generation })
    const flush = () => void begun.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      setOpened(null)
      void begun.close()
    }
    // The session begins with the draft of that moment; later ones are merged into it below. A document that begins anew is opened
    // instead: what is typed and not yet written goes to the one before, from which it is carried over.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, incidentId, wordingId, isThere, generation])

  useEffect(() => {
    if (opened && draft && isThere && opened.generation === draft.generation) opened.session.receive(draft.doc)
  }, [opened, draft, isThere])

  const save = useSyncExternalStore(
    (onChange) => session?.subscribe(onChange) ?? (() => {}),
    () => session?.state() ?? SAVED,
  )
  return { session, draft, failure, save }
}
