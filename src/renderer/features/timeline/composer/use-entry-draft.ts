import { useCallback, useEffect, useState } from 'react'
import { emptyDraft, keepDraft, loadDraft, type EntryDraft } from './entry-draft.ts'

export type DraftHold = {
  draft: EntryDraft
  change(part: Partial<EntryDraft>): void
  /** Merges changes into the latest draft. */
  update(next: (draft: EntryDraft) => Partial<EntryDraft>): void
  clear(): void
}

/** The unsaved entry of an incident; it survives a reload of the page. */
export function useEntryDraft(incidentId: string, myName: string): DraftHold {
  const [draft, setDraft] = useState(() => loadDraft(sessionStorage, incidentId) ?? emptyDraft(myName))
  useEffect(() => keepDraft(sessionStorage, incidentId, draft), [incidentId, draft])
  const update = useCallback((next: (draft: EntryDraft) => Partial<EntryDraft>) => setDraft((now) => ({ ...now, ...next(now) })), [])
  const change = useCallback((part: Partial<EntryDraft>) => setDraft((now) => ({ ...now, ...part })), [])
  const clear = useCallback(() => setDraft(emptyDraft(myName)), [myName])
  return { draft, change, update, clear }
}
