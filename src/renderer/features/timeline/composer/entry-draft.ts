import { ClockId } from '#domain/incidents/clocks.ts'
import { Mentions } from '#domain/notices/notice.ts'
import { ENTRY_KINDS, Evidence, TurningPoint, type EntryKind } from '#domain/timeline/entry.ts'
import { z } from 'zod'

export type WritableKind = Exclude<EntryKind, 'system'>

/** Kinds that a person can write, in the order offered. */
export const WRITABLE_KINDS = ENTRY_KINDS.filter((kind): kind is WritableKind => kind !== 'system')

/** An unsaved entry; kept in the session storage of the window, so that it survives a reload. */
export const EntryDraft = z.object({
  kind: z.enum(WRITABLE_KINDS as [WritableKind, ...WritableKind[]]),
  text: z.string(),
  /** As typed; empty means the time of saving. */
  when: z.string(),
  reason: z.string(),
  decidedBy: z.string(),
  turningPoint: TurningPoint.nullable(),
  evidence: z.array(Evidence),
  /** Clocks that the entry will meet. */
  meets: z.array(ClockId),
  /** Members chosen with `@`, whether or not the text still names them. */
  mentions: Mentions.default([]),
})
export type EntryDraft = z.infer<typeof EntryDraft>

/** An empty draft. */
export function emptyDraft(decidedBy: string): EntryDraft {
  return { kind: 'observation', text: '', when: '', reason: '', decidedBy, turningPoint: null, evidence: [], meets: [], mentions: [] }
}

/** Whether closing the draft would lose content. */
export function draftHasContent(draft: EntryDraft): boolean {
  return draft.text.trim() !== '' || draft.reason.trim() !== '' || draft.evidence.length > 0 || draft.when.trim() !== ''
}

function draftKey(incidentId: string): string {
  return `stormroom.entry-draft.${incidentId}`
}

/** The draft of an incident from `storage`, or null. */
export function loadDraft(storage: Storage, incidentId: string): EntryDraft | null {
  try {
    const kept = storage.getItem(draftKey(incidentId))
    return kept === null ? null : (EntryDraft.safeParse(JSON.parse(kept)).data ?? null)
  } catch {
    // Storage may be denied or hold invalid data: no draft then.
    return null
  }
}

/** Stores the draft, or removes it if it is empty. */
export function keepDraft(storage: Storage, incidentId: string, draft: EntryDraft): void {
  try {
    if (draftHasContent(draft)) storage.setItem(draftKey(incidentId), JSON.stringify(draft))
    else storage.removeItem(draftKey(incidentId))
  } catch {
    // Storage full or denied: the text is still on the screen.
  }
}

export type DraftProblem =
  'text-missing' | 'text-too-long' | 'reason-missing' | 'decided-by-missing' | 'turning-point-missing' | 'when-unreadable'
