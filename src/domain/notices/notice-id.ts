import type { Uuid } from '../log/ids.ts'
import type { Sha256 } from '../log/record.ts'
import type { NoticeRule } from './notice.ts'

/**
 * The id of the notice that an op gives a member by a rule. The same for the same, on whichever hub and however often it is
 * made, so that nobody is told twice (P12).
 * @returns a UUID of version 8, which says that its content is the maker's own (RFC 9562)
 */
export function noticeId(opId: string, rule: NoticeRule, recipient: string, sha256: Sha256): Uuid {
  const hex = sha256(JSON.stringify(['notice', opId, rule, recipient]))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Uuid
}
