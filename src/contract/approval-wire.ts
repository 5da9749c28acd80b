import { z } from 'zod'
import { Uuid } from '#domain/log/ids.ts'
import { ApproverRole, type ApprovalPolicy } from '#domain/rules/approval-policy.ts'
import { ContentHash } from '#domain/wording/content.ts'
import type { Severity } from '#domain/wording/text/checks/rule.ts'
import type { ChangedFact } from '#domain/wording/text/difference/changed-facts.ts'
import type { ParagraphDifference } from '#domain/wording/text/difference/difference.ts'
import { PinnedComment, VariableValues, Verdict, type ReviewDecision, type WordingKind } from '#domain/wording/wording.ts'
import { DeviceName, Login, type CompanyTicket, type SignInWays } from './team-api.ts'

/**
 * What the hub and its page for approving on a phone say to each other: JSON over HTTP with a session cookie. Every answer is a
 * result of `failures.ts`.
 */
export const APPROVE_PATH = '/approve'
export const APPROVE_API = `${APPROVE_PATH}/api`

export const ApproveSignIn = z.strictObject({ login: Login, password: z.string().max(200), device: DeviceName })
export const ApproveCompany = z.strictObject({ device: DeviceName, language: z.enum(['zh-Hans', 'en']) })
export const ApproveCompanyOutcome = z.strictObject({ ticket: Uuid, pollSecret: z.string().min(20).max(100) })

/** `request`: chosen by the page for each act, so that an act that is sent again takes effect once. */
const Act = { request: Uuid, revisionId: Uuid, hash: ContentHash }

/** Approves or rejects exactly the text with this hash; `values`: those that filled its variables when it was read. */
export const ApproveDecision = z.strictObject({
  ...Act,
  values: VariableValues,
  verdict: Verdict,
  as: ApproverRole,
  comparedWith: Uuid.nullable(),
  note: z.string().trim().max(1000),
  comments: z.array(PinnedComment).max(50),
})
export type ApproveDecision = z.infer<typeof ApproveDecision>

/** Releases a text before its approval is complete. */
export const ApproveRelease = z.strictObject({ ...Act, values: VariableValues, reason: z.string().trim().min(1).max(1000) })

/** Who is signed in, and how one may sign in here. */
export type ApproveWho = { team: string; signInWith: SignInWays; me: { id: string; name: string } | null }
export type ApproveTicket = CompanyTicket & { pollSecret: string }

/** A revision in review. Times: milliseconds since 1970. */
export type WaitingRow = {
  revisionId: string
  number: number
  hash: string
  title: string
  /** With its variables filled in. */
  core: string
  kind: WordingKind
  /** The worsening for which it is prepared; empty for others. */
  preparedFor: string
  /** Null in the standing library. */
  incidentTitle: string | null
  askedAt: number
  askedByName: string
  dueAt: number
  /** The roles in which this member may approve it now. */
  mayApproveAs: ApproverRole[]
  /** Whether this member may release it before its approval is complete. */
  mayRelease: boolean
}

/** A piece of a text: as written, a variable with its value, or a variable that has none yet. */
export type TextPiece = { kind: 'text'; text: string } | { kind: 'value'; name: string; text: string } | { kind: 'missing'; name: string }

/** A field of a text; `at` as in `fieldsOf`. `length` of the text as written, without its values. */
export type ReadField = { at: string; part: string; length: number; pieces: TextPiece[] }

/** What a check found, in both languages; `reason`: why the author keeps it. */
export type ReadFinding = {
  severity: Severity | 'kept'
  excerpt: string
  message: { 'zh-Hans': string; en: string } | null
  reason: string | null
}

export type WaitingText = WaitingRow & {
  mayRejectAs: ApproverRole[]
  /** Whether this member wrote a part of it, and therefore may not approve it. */
  own: boolean
  status: 'in-review' | 'approved' | 'rejected' | 'draft'
  note: string
  authors: string[]
  policy: ApprovalPolicy
  /** `counts`: false once its member has left or changed the role, or a value that they read has changed. */
  decisions: (Pick<ReviewDecision, 'as' | 'verdict' | 'at' | 'note'> & { name: string; comments: string[]; counts: boolean })[]
  /** The values that fill its variables, to be sent with a decision. */
  values: VariableValues
  fields: ReadField[]
  /** The variables that need a value before it is published, and have none. */
  missing: string[]
  findings: ReadFinding[]
  /** The difference to the revision in use, or else to the one before; null for the first. */
  compared: {
    revisionId: string
    number: number
    inUse: boolean
    paragraphs: (Pick<ParagraphDifference, 'kind' | 'segments'> & { part: string })[]
    facts: { kind: ChangedFact['kind']; before: string | null; after: string | null }[]
  } | null
}
