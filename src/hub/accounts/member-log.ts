import type { Admission } from '#domain/members/admission.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { Result } from '#contract/failures.ts'

/** What the accounts need of the log: who is a member, and the one op that makes one. */
export type MemberLog = {
  readMember(memberId: string): Promise<MemberState | null>
  /** Takes in a member's joining; a second time does nothing. */
  join(op: string, memberId: string, admission: Admission): Promise<Result<null>>
}

export type SignedIn = { memberId: string; token: string; sessionId: string }

/** `formerId` is who the device was before this hub was restored from a backup that does not know them. */
export type Newcomer = { name: string; device: string; formerId?: string | undefined }
