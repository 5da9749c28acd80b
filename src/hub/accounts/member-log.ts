import type { Admission } from '#domain/members/admission.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { Result } from '#contract/failures.ts'

/** What the accounts need of the log: who is a member, and the op that creates one. */
export type MemberLog = {
  readMember(memberId: string): Promise<MemberState | null>
  /** Submits the op that creates a member; idempotent. */
  join(op: string, memberId: string, admission: Admission): Promise<Result<null>>
}

export type SignedIn = { memberId: string; token: string; sessionId: string }

/** `formerId`: the device's member before this hub was restored from a backup that lacks them. */
export type Newcomer = { name: string; device: string; formerId?: string | undefined }
