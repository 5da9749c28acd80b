import { useApiClient } from '#client/api-context.tsx'
import { useRead } from '#client/use-read.ts'
import type { ApiClient } from '#contract/api.ts'
import type { Failure } from '#contract/failures.ts'
import type { DraftView } from '#contract/wording-api.ts'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createDraftSession, type SaveState } from './draft-session.ts'
import { createOpenDrafts, type Beside, type OpenDraft, type OpenDrafts } from './open-drafts.ts'

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
  const [opened, setOpened] = useState<{ open: OpenDraft; generation: number } | null>(null)
  /** What was written beside the text of a document that began anew meanwhile. */
  const left = useRef<{ of: string; beside: Beside } | null>(null)
  const isThere = draft?.wordingId === wordingId
  const generation = draft?.generation ?? 0
  const open = opened?.open ?? null

  useEffect(() => {
    if (!isThere || !draft) return
    const drafts = draftsOf(client)
    const write = (update: string) => client.call('wordings.edit', { incidentId, wordingId, update, generation })
    const key = `${wordingId} ${generation}`
    const begun = drafts.enter(key, () => createDraftSession(draft.doc, randomClient(), write, TIMERS))
    if (left.current?.of === wordingId) begun.setBeside(left.current.beside)
    left.current = null
    setOpened({ open: begun, generation })
    const flush = () => void begun.session.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      setOpened(null)
      left.current = { of: wordingId, beside: begun.beside() }
      drafts.leave(key)
    }
    // The session begins with the draft of that moment; later ones are merged into it below. A document that begins anew is opened
    // instead: what is typed and not yet written goes to the one before, from which it is carried over.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `draft` is read when the session begins, see above
  }, [client, incidentId, wordingId, isThere, generation])

  useEffect(() => {
    if (opened && draft && isThere && opened.generation === draft.generation) opened.open.session.receive(draft.doc)
  }, [opened, draft, isThere])

  const save = useSyncExternalStore(
    (onChange) => open?.session.subscribe(onChange) ?? (() => {}),
    () => open?.session.state() ?? SAVED,
  )
  return { open, draft, failure, save }
}
