import type { ApprovalPolicy } from '../rules/approval-policy.ts'
import { hasPassed } from './approval-now.ts'
import type { RevisionState, WordingDraftState, WordingState } from './wording.ts'

/** Revisions that are read at once. */
const CHUNK = 20

/** The largest number of authors of a draft or a revision. */
export const MAX_AUTHORS = 400

/** Reads revisions; a reader that loads on demand gets to know all of them before it gives up. */
export type RevisionReader = (ids: readonly string[]) => readonly (RevisionState | undefined)[]

/** A {@link RevisionReader} from one that reads a revision. */
export function readEach(read: (id: string) => RevisionState | undefined): RevisionReader {
  return (ids) => {
    const failures: unknown[] = []
    const found = ids.map((id) => {
      try {
        return read(id)
      } catch (error) {
        failures.push(error)
        return undefined
      }
    })
    if (failures.length > 0) throw failures[0]
    return found
  }
}

/**
 * Who wrote a part of a revision that is not approved: nobody, once all roles have approved it that the policy in force demands.
 * @param policy the policy in force where the text is used; null if it is unknown
 */
export function openAuthors(revision: RevisionState | undefined, policy: ApprovalPolicy | null): readonly string[] {
  return revision && !hasPassed(revision, policy) ? revision.contributors : []
}

/** `open`: who may have written an unapproved part of the next revision. `freed`: who wrote in the last approved one. */
export type NextAuthors = { open: string[]; freed: string[] }

/**
 * Everybody who may have written a part of the next revision that is not approved yet: who wrote in the draft, and the authors of
 * the revisions since the last approved one, of the revision it is made from, and of an earlier revision with the same text.
 * A revision names all of them, so that none of them approves it.
 * @param next the revision that it is made from, and the hash of its content
 */
export function authorsOfNext(
  wording: Pick<WordingState, 'revisions'>,
  draft: WordingDraftState | undefined,
  revisionsOf: RevisionReader,
  next: { base: string | null; hash: string },
  policy: ApprovalPolicy | null,
): NextAuthors {
  const open = new Set(draft?.contributors)
  const freed = new Set<string>()
  /** Adds the authors of a revision. @returns whether it has passed */
  const add = (revision: RevisionState | undefined): boolean => {
    if (!revision) return false
    const passed = hasPassed(revision, policy)
    for (const author of revision.contributors) (passed ? freed : open).add(author)
    return passed
  }
  const newest = wording.revisions.toReversed().map(({ id }) => id)
  for (let from = 0, passed = false; from < newest.length && !passed; from += CHUNK)
    for (const revision of revisionsOf(newest.slice(from, from + CHUNK))) {
      passed = add(revision)
      if (passed) break
    }
  const same = wording.revisions.filter(({ hash }) => hash === next.hash).map(({ id }) => id)
  for (const revision of revisionsOf(next.base === null ? same : [next.base, ...same])) add(revision)
  return { open: [...open], freed: [...freed] }
}
