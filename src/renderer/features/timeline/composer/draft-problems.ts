import { ENTRY_TEXT_LIMIT } from '#domain/timeline/entry.ts'
import type { DraftProblem, EntryDraft } from './entry-draft.ts'
import { withoutEdgeHashtags } from './hashtags.ts'
import { parseWhen } from '#ui/time/when-text.ts'

/** All problems that prevent a draft from being saved, in the order of the fields. */
export function draftProblems(draft: EntryDraft, now: number): DraftProblem[] {
  const problems: DraftProblem[] = []
  const text = withoutEdgeHashtags(draft.text)
  if (text === '') problems.push('text-missing')
  if (text.length > ENTRY_TEXT_LIMIT) problems.push('text-too-long')
  if (draft.kind === 'decision') {
    if (draft.reason.trim() === '') problems.push('reason-missing')
    if (draft.decidedBy.trim() === '') problems.push('decided-by-missing')
  }
  if (draft.kind === 'turning-point' && draft.turningPoint === null) problems.push('turning-point-missing')
  if (parseWhen(draft.when, now) === null) problems.push('when-unreadable')
  return problems
}

/** The fields that only some kinds have. */
export function kindDetails(draft: Pick<EntryDraft, 'kind' | 'reason' | 'decidedBy' | 'turningPoint'>) {
  return {
    ...(draft.kind === 'decision' ? { decision: { reason: draft.reason.trim(), decidedBy: draft.decidedBy.trim() } } : {}),
    ...(draft.kind === 'turning-point' && draft.turningPoint ? { turningPoint: draft.turningPoint } : {}),
  }
}
