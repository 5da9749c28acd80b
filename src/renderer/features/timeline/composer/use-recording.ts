import { useAct } from '#client/use-act.ts'
import type { CallInput } from '#contract/api.ts'
import type { Failure } from '#contract/failures.ts'
import type { ClockId } from '#domain/incidents/clocks.ts'
import { mentionsIn } from '#features/notices'
import { useRoom } from '#features/room'
import { currentTime } from '#ui/time/use-now.ts'
import { parseWhen } from '#ui/time/when-text.ts'
import { useEffect, useRef, useState } from 'react'
import type { EvidenceIntake } from '../evidence/use-evidence-intake.ts'
import { draftProblems, kindDetails } from './draft-problems.ts'
import type { EntryDraft } from './entry-draft.ts'
import { readHashtags, withoutEdgeHashtags } from './hashtags.ts'
import type { DraftHold } from './use-entry-draft.ts'

type RecordingInput = {
  hold: DraftHold
  intake: EvidenceIntake
  /** The clocks that an entry may still meet. */
  offered: readonly ClockId[]
  /** Called when a field is missing or wrong. */
  onFaulty: () => void
  onSaved: (entryId: string) => void
}

type Recording = {
  save: () => Promise<void>
  busy: boolean
  /** Whether it was tried to save; from then on the fields show what is missing. */
  tried: boolean
  /** Whether saving waits for files that are still uploading. */
  waits: boolean
  failure: Failure | null
}

/** Saves the entry that is being written, once its files are uploaded. */
export function useRecording({ hold, intake, offered, onFaulty, onSaved }: RecordingInput): Recording {
  const room = useRoom()
  const record = useAct('timeline.record')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saveWaits, setSaveWaits] = useState(false)
  const { draft } = hold

  const save = async () => {
    setTried(true)
    const now = currentTime()
    if (record.busy) return
    if (draftProblems(draft, now).length > 0) return onFaulty()
    // Files are still uploading: save when they are done.
    setSaveWaits(intake.busy)
    if (intake.busy) return
    const result = await record.act({ incidentId: room.incident.id, ...contentOf(draft, offered, now) })
    if (!result.ok) return setFailure(result.failure)
    setFailure(null)
    setTried(false)
    hold.clear()
    onSaved(result.value.id)
  }

  const saveNow = useRef(save)
  useEffect(() => {
    saveNow.current = save
  })
  useEffect(() => {
    // A failed upload cancels the pending save; the author decides whether to save without the file.
    if (!saveWaits || intake.busy) return
    setSaveWaits(false)
    if (intake.incoming.length === 0) void saveNow.current()
  }, [saveWaits, intake.busy, intake.incoming.length])

  return { save, busy: record.busy, tried, waits: saveWaits && intake.busy, failure }
}

/** The content of the entry as it is recorded. */
function contentOf(draft: EntryDraft, offered: readonly ClockId[], now: number): Omit<CallInput<'timeline.record'>, 'incidentId'> {
  const happenedAt = draft.when.trim() === '' ? undefined : (parseWhen(draft.when, now) ?? undefined)
  // A clock that somebody else has met meanwhile is dropped.
  const meets = draft.meets.filter((clock) => offered.includes(clock))
  const named = mentionsIn(draft.text, draft.mentions)
  const tags = readHashtags(draft.text)
  return {
    kind: draft.kind,
    text: withoutEdgeHashtags(draft.text),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...kindDetails(draft),
    ...(tags.length > 0 ? { tags } : {}),
    ...(named.length > 0 ? { mentions: named } : {}),
    ...(draft.evidence.length > 0
      ? {
          evidence: draft.evidence.map((file) => file.hash),
          evidenceNames: Object.fromEntries(draft.evidence.map((file) => [file.hash, file.name])),
        }
      : {}),
    ...(meets.length > 0 ? { meets } : {}),
  }
}
