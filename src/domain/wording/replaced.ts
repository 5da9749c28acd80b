import type { EntityReader } from '../define-entity.ts'
import { REVISION } from './wording-entity.ts'
import type { WordingState } from './wording.ts'

/** Whether a newer revision of a text was submitted for approval, so that a decision on this one is no longer waited for. */
export function isReplaced({ revisions }: Pick<WordingState, 'revisions'>, revisionId: string, read: EntityReader): boolean {
  const at = revisions.findIndex(({ id }) => id === revisionId)
  return revisions.slice(at + 1).some(({ id }) => (REVISION.read(read, id)?.state.review ?? null) !== null)
}
