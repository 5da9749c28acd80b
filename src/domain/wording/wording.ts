import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'
import { MemberRole } from '../members/member.ts'
import type { ApprovalPolicy } from '../rules/approval-policy.ts'
import { ContentHash, PartId, type WordingContent } from './content.ts'
import type { Delivery } from './delivery.ts'
import { VARIABLE_NAME } from './text/variables.ts'

/** What a wording is for: agents' scripts, answers to questions, statements to the outside, notices to agents, hand-over hints. */
export const WORDING_KINDS = ['script', 'faq', 'statement', 'notice', 'handover'] as const
export const WordingKind = z.enum(WORDING_KINDS)
export type WordingKind = z.infer<typeof WordingKind>

export const STATEMENT_KINDS = ['first', 'apology', 'progress', 'all-clear'] as const
export const StatementKind = z.enum(STATEMENT_KINDS)
export type StatementKind = z.infer<typeof StatementKind>

/** Emotional states of a customer: the columns of the script matrix (PS-05, MS-01). */
export const EMOTIONS = ['angry', 'disappointed', 'suspicious', 'calm'] as const
export const Emotion = z.enum(EMOTIONS)
export type Emotion = z.infer<typeof Emotion>

export const WordingLanguage = z.enum(['zh-Hans', 'en'])
export type WordingLanguage = z.infer<typeof WordingLanguage>

/** The place of a wording in the library, apart from its text. */
export const WordingPlace = z.strictObject({
  kind: WordingKind,
  statement: StatementKind.nullable(),
  /** The scenario: a row of the script matrix (MS-01). Empty if it applies to all. */
  scenario: z.string().trim().max(60),
  emotion: Emotion.nullable(),
  language: WordingLanguage,
  /** The worsening for which it is prepared (MS-17): such a wording is approved in advance and released when that happens. */
  preparedFor: z.string().trim().max(300),
})
export type WordingPlace = z.infer<typeof WordingPlace>

/** A text that a wording was copied from, and the version that was copied. */
export const WordingOrigin = z.strictObject({ wordingId: LoggedUuid, revisionId: LoggedUuid, hash: ContentHash })
export type WordingOrigin = z.infer<typeof WordingOrigin>

/** A revision in the list of its wording. */
export type RevisionEntry = { id: string; number: number; hash: string; by: string; at: number }

/** The largest number of values of an incident, or of the team. */
export const MAX_VALUES = 200

/** Values of variables (`{hotline}`), by name. */
export const VariableValues = z
  .record(z.string().regex(VARIABLE_NAME), z.string().trim().max(120))
  .refine((values) => Object.keys(values).length <= MAX_VALUES, { message: `at most ${MAX_VALUES} values` })
export type VariableValues = z.infer<typeof VariableValues>

/** A revision in use, times in milliseconds since 1970. */
export type Release = {
  revisionId: string
  number: number
  hash: string
  at: number
  by: string
  /** In use from, and until; null: until it is replaced or withdrawn. */
  from: number
  until: number | null
  /** What changed, in one sentence, for those who know the previous version. */
  summary: string
  /** The values with which its variables are filled. */
  values: VariableValues
  /** Why it was released without complete approval; null for an approved release. */
  emergency: string | null
  delivery: Delivery
}

export const RELEASE_ENDS = ['superseded', 'withdrawn'] as const
/** A release that ended. `instead`: what to use after a withdrawal. */
export type PastRelease = Release & {
  endedAt: number
  endedBy: string
  end: (typeof RELEASE_ENDS)[number]
  reason: string
  instead: string
}

/** A wording (口径, 话术): its place in the library, its numbered revisions, and the one that is in use. */
export type WordingState = WordingPlace & {
  /** Title and core message of the last revision; of the first draft until there is one. */
  title: string
  core: string
  createdAt: number
  createdBy: string
  /** The standing text from which it was copied. */
  origin: WordingOrigin | null
  /** Oldest first; numbers count from 1 without gaps. */
  revisions: readonly RevisionEntry[]
  live: Release | null
  /** Oldest first. */
  past: readonly PastRelease[]
  removed: boolean
}

export const WORDING_LIMITS = { revisions: 500, past: 200 } as const

/** A finding of a check that the author keeps, with the reason; it stays with the revision. */
export const Overruled = z.strictObject({
  ruleId: z.string().min(1).max(60),
  excerpt: z.string().max(200),
  reason: z.string().trim().min(1).max(500),
})
export type Overruled = z.infer<typeof Overruled>

/** A comment on a place of a revision: the field as named by `fieldsOf`, and offsets into its text (UTF-16 code units). */
export const PinnedComment = z.strictObject({
  at: z.string().max(80),
  start: z.int().min(0).max(4000),
  end: z.int().min(0).max(4000),
  text: z.string().trim().min(1).max(1000),
})
export type PinnedComment = z.infer<typeof PinnedComment>

export const Verdict = z.enum(['approve', 'reject'])
export type Verdict = z.infer<typeof Verdict>

/** An approver's decision on a revision; `comparedWith`: the revision whose difference to this one they saw. */
export type ReviewDecision = {
  memberId: string
  as: MemberRole
  verdict: Verdict
  at: number
  note: string
  comparedWith: string | null
  comments: readonly PinnedComment[]
  /** The values with which they read it; an approval binds them. Missing: it was read without. */
  values?: VariableValues
}

/** A review in progress or done: who was asked, and the policy as it was then. */
export type Review = { at: number; by: string; dueAt: number; asked: readonly string[]; policy: ApprovalPolicy }

/** One version of a text. Its content never changes; only its review does. */
export type RevisionState = {
  wordingId: string
  number: number
  content: WordingContent
  hash: string
  /** The revision that it was made from. */
  base: string | null
  /** Everybody who wrote a part of it that is not approved yet: they may not approve it. */
  contributors: readonly string[]
  /** Why it was written. */
  note: string
  overruled: readonly Overruled[]
  by: string
  at: number
  review: Review | null
  /** The last decision of each member, in the order of time. */
  decisions: readonly ReviewDecision[]
}

/** The newest texts without a part that a draft keeps, and their length. */
export const DRAFT_KEPT = { texts: 20, text: 4000 } as const

/** The text that several people write together, as an encoded Yjs document. It is never approved or published itself. */
export type WordingDraftState = {
  /** A Yjs document (base64), see `draft-document.ts`. */
  doc: string
  /** Everybody who wrote a part of it that is in no revision. */
  contributors: readonly string[]
  /** The member behind each Yjs client id: nobody writes under the client id of another. */
  clients: Readonly<Record<string, string>>
  /** Items that were placed by a scan, see `draft-update.ts`. Missing: none. */
  conflicts?: number
  /** How often the document began anew with its text alone, see `draft-generations.ts`. Missing: 0. */
  generation?: number
  /** The document of the generation before, for edits that are made on it; its own edits are carried over. */
  previous?: { doc: string; clients: Readonly<Record<string, string>>; conflicts: number }
  /** Text whose part somebody deleted without having seen it, oldest first; until somebody puts it back or dismisses it. Missing: none. */
  kept?: readonly { text: string; by: string | null; at: number }[]
  /** The last revision that was taken from it. */
  base: string | null
  at: number
  by: string
}

/** Values of the variables of an incident, or of the team. */
export type WordingValuesState = { values: VariableValues; at: number; by: string }

export { MemberRole, PartId }
