import type { RevisionRow } from '#contract/wording-api.ts'
import { contentHash, type WordingContent } from '#domain/wording/content.ts'

/** What the draft can become now. */
export type SaveSteps = {
  /** The number of the revision that would be taken. */
  number: number
  /** Whether the draft differs from the last revision. */
  mayTake: boolean
  /** The last revision, if the draft has the same text and it was never submitted: that one is submitted. */
  saved: RevisionRow | null
}

/** @param revisions newest first @param content of the draft; null if it is not known, which counts as different */
export function saveSteps(revisions: readonly RevisionRow[], content: WordingContent | null): SaveSteps {
  const [last] = revisions
  const same = last !== undefined && content !== null && contentHash(content) === last.hash
  return { number: (last?.number ?? 0) + 1, mayTake: !same, saved: same && last.approval.status === 'draft' ? last : null }
}
