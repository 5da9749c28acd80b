import { derivedId } from '../log/derived-id.ts'
import type { Uuid } from '../log/ids.ts'
import type { Sha256 } from '../log/record.ts'
import type { Moment } from './moment.ts'
import type { NoticeRule } from './notice.ts'

/**
 * The id of the notice that an op, or a moment, causes for a member by a rule. Deterministic across hubs and retries, so
 * that nobody is notified twice (P12).
 * @param cause the op's id, or that of the moment
 * @param turn counts the ids before this one that something else holds: the inputs of a moment are known in advance, so anybody
 *   can take an id before the notice is given
 */
export function noticeId(cause: string, rule: NoticeRule, recipient: string, sha256: Sha256, turn = 0): Uuid {
  return derivedId(['notice', cause, rule, recipient, ...(turn === 0 ? [] : [turn])], sha256)
}

/** Identifies a moment of an entity, used as the cause in place of an op. It changes when the moment is moved. */
export function momentId(kind: string, id: string, { rule, about, dueAt }: Moment, sha256: Sha256): Uuid {
  return derivedId(['moment', kind, id, rule, about, dueAt], sha256)
}
