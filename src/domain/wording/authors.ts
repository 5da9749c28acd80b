import { approvalOf } from './approval.ts'
import type { RevisionState, WordingDraftState, WordingState } from './wording.ts'

/** Who wrote a part of a revision that is not approved: nobody, once it is approved as a whole. */
export function openAuthors(revision: RevisionState | undefined): readonly string[] {
  return revision && approvalOf(revision).status !== 'approved' ? revision.contributors : []
}

/**
 * Everybody who may have written a part of the next revision that is not approved yet: who wrote in the draft, and the authors of
 * the revisions since the last approved one, of the revision it is made from, and of an earlier revision with the same text.
 * A revision names all of them, so that none of them approves it.
 * @param revisionOf reads a revision
 * @param next the revision that it is made from, and the hash of its content
 */
export function authorsOfNext(
  wording: WordingState,
  draft: WordingDraftState | undefined,
  revisionOf: (id: string) => RevisionState | undefined,
  next: { base: string | null; hash: string },
): string[] {
  const authors = new Set(draft?.contributors)
  const add = (revision: RevisionState | undefined) => openAuthors(revision).forEach((author) => authors.add(author))
  for (const { id } of wording.revisions.toReversed()) {
    const revision = revisionOf(id)
    if (revision && approvalOf(revision).status === 'approved') break
    add(revision)
  }
  if (next.base !== null) add(revisionOf(next.base))
  for (const { id, hash } of wording.revisions) if (hash === next.hash) add(revisionOf(id))
  return [...authors]
}
