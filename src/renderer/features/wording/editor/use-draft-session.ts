import { useApiClient } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import type { ApiClient } from '#contract/api.ts'
import type { Failure } from '#contract/failures.ts'
import type { DraftView } from '#contract/wording-api.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createDraftSession, type SaveState } from './draft-session.ts'
import { createOpenDrafts, type OpenDraft, type OpenDrafts } from './open-drafts.ts'

const TIMERS = { set: (act: () => void, ms: number) => setTimeout(act, ms), clear: (timer: unknown) => clearTimeout(timer as number) }
const SAVED: SaveState = { phase: 'saved', failure: null }

/** A client id of 32 bits; 0 and 1 are reserved. */
function randomClient(): number {
  return Math.max(2, crypto.getRandomValues(new Uint32Array(1))[0] ?? 2)
}

/** The open drafts of each data source: those of the demo are not those of the workspace. */
const openDrafts = new Map<ApiClient, OpenDrafts>()

function draftsOf(client: ApiClient): OpenDrafts {
  const known = openDrafts.get(client)
  if (known) return known
  if (openDrafts.size === 0) {
    window.addEventListener('beforeunload', (event) => {
      if ([...openDrafts.values()].filter((drafts) => drafts.flushAll()).length > 0) event.preventDefault()
    })
  }
  const drafts = createOpenDrafts()
  openDrafts.set(client, drafts)
  return drafts
}

type Opened = { open: OpenDraft | null; draft: DraftView | undefined; failure: Failure | null; save: SaveState }

/** Opens the draft of a wording and keeps it in step with the stored one, in both directions. */
export function useDraftSession(incidentId: string | null, wordingId: string): Opened {
  const client = useApiClient()
  const { data: draft, failure } = useRead('wordings.draft', { incidentId, wordingId })
  const [open, setOpen] = useState<OpenDraft | null>(null)
  const isThere = draft?.wordingId === wordingId

  useEffect(() => {
    if (!isThere || !draft) return
    const drafts = draftsOf(client)
    const write = (update: string) => client.call('wordings.edit', { incidentId, wordingId, update })
    const opened = drafts.enter(wordingId, () => createDraftSession(draft.doc, randomClient(), write, TIMERS))
    setOpen(opened)
    const flush = () => void opened.session.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      setOpen(null)
      drafts.leave(wordingId)
    }
    // The session begins with the draft of that moment; later ones are merged into it below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, incidentId, wordingId, isThere])

  useEffect(() => {
    if (open && draft && isThere) open.session.receive(draft.doc)
  }, [open, draft, isThere])

  const save = useSyncExternalStore(
    (onChange) => open?.session.subscribe(onChange) ?? (() => {}),
    () => open?.session.state() ?? SAVED,
  )
  return { open, draft, failure, save }
}
