import type { ApprovalState } from '#domain/wording/approval.ts'
import { ApproverRole, type ApprovalPolicy } from '#domain/rules/approval-policy.ts'
import { ContentHash, WordingContent } from '#domain/wording/content.ts'
import { Delivery } from '#domain/wording/delivery.ts'
import { MAX_EDIT } from '#domain/wording/draft-document.ts'
import {
  Overruled,
  PinnedComment,
  VariableValues,
  Verdict,
  WordingLanguage,
  WordingPlace,
  type PastRelease,
  type Release,
  type ReviewDecision,
} from '#domain/wording/wording.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { PromiseInputs } from './promise-api.ts'
import { ofIncident } from './topics.ts'

/** Where a text stands, for lists: what is published comes before what is being prepared. */
export const WORDING_STATUSES = ['published', 'scheduled', 'expired', 'approved', 'in-review', 'rejected', 'draft', 'withdrawn'] as const
export type WordingStatus = (typeof WORDING_STATUSES)[number]

/** A published revision; `unapproved`: it was released in an emergency, and its approval is still not complete. */
export type ReleaseView = Release & { byName: string; unapproved: boolean }

/** A revision without its content. */
export type RevisionRow = {
  id: string
  number: number
  hash: string
  title: string
  note: string
  base: string | null
  at: number
  byName: string
  contributors: { id: string; name: string }[]
  overruled: readonly Overruled[]
  approval: ApprovalState
  /** `policy`: the one that it must satisfy now. */
  review: { at: number; byName: string; dueAt: number; policy: ApprovalPolicy } | null
  /**
   * `counts`: false once its member has left or changed the role, or a value that they read has changed. `delegatedBy`: the names of
   * those in whose role it was made.
   */
  decisions: (ReviewDecision & { name: string; counts: boolean; delegatedBy: readonly string[] })[]
  /** The roles in which this member may approve, or reject, it now. */
  mayApproveAs: ApproverRole[]
  mayRejectAs: ApproverRole[]
  /** Whether approvers may be asked again: the policy has changed, or a decision no longer counts. */
  mayAskAgain: boolean
  /** Whether this member wrote a part of it, and therefore may not approve it. */
  own: boolean
}

/** A text in a list. */
export type WordingRow = Pending &
  WordingPlace & {
    id: string
    /** Its incident; null in the standing library. */
    incidentId: string | null
    title: string
    core: string
    status: WordingStatus
    live: ReleaseView | null
    /** The last revision; null while there is only a draft. */
    last: (Pick<RevisionRow, 'id' | 'number' | 'approval' | 'at' | 'byName'> & { dueAt: number | null }) | null
    /** The newest revision that waits for a decision. */
    inReview: { id: string; number: number; dueAt: number } | null
    /** The newest revision that is approved and was never published. */
    ready: { id: string; number: number } | null
    /** The newest revision that was published, while it is approved: it can be published again. */
    again: { id: string; number: number } | null
    /** Whether somebody has written since the last revision was taken. */
    draftAhead: boolean
    /** The text it was copied from; `movedOn`: that has another published version by now. */
    origin: { wordingId: string; title: string; movedOn: boolean } | null
    removed: boolean
    createdAt: number
  }

export type WordingView = WordingRow & {
  /** Newest first. */
  revisions: RevisionRow[]
  /** Newest first. */
  past: (PastRelease & { byName: string; endedByName: string })[]
  /** The policy for the next revision. */
  policy: ApprovalPolicy
  /** The stored values of variables, of the incident before those of the team. */
  values: VariableValues
  /** Whether a stored value has changed since the text in use was published: it is published again with the new one. */
  valuesBehind: boolean
}

export type RevisionView = { id: string; wordingId: string; number: number; hash: string; content: WordingContent }

/**
 * `doc`: a Yjs document (base64), see `draft-document.ts`. A document of another `generation` begins anew: it is opened, not merged
 * into one that is open. `kept`: text whose part somebody deleted without having seen it.
 */
export type DraftView = {
  wordingId: string
  doc: string
  generation: number
  at: number
  byName: string
  contributors: { id: string; name: string }[]
  kept: { text: string; byName: string | null; at: number }[]
}

/** A revision that waits for a decision of this member. */
export type ReviewRow = {
  wordingId: string
  incidentId: string | null
  incidentTitle: string | null
  revisionId: string
  number: number
  title: string
  core: string
  hash: string
  dueAt: number
  askedAt: number
  askedByName: string
  mayApproveAs: ApproverRole[]
}

/** A role of an approver that another member holds as well, until a time. `own`: given by this member. */
export type DelegationRow = { byId: string; byName: string; toId: string; toName: string; as: string; until: number; own: boolean }

/** A text of the starter library. `taken`: it is in this library already. */
export type StarterRow = { id: string; group: string; place: WordingPlace; content: WordingContent; taken: boolean }

/** Texts are written to be published: approvers must see exactly what will be said, so that none of these fields is masked. */
const SHOWS = {
  shows: [
    'title',
    'core',
    'text',
    'action',
    'owner',
    'deadline',
    'ask',
    'answer',
    'doc',
    'values',
    'summary',
    'instead',
    'excerpt',
    'note',
    'hash',
  ],
} as const

const IncidentId = z.uuid().nullable()
const WordingRef = z.strictObject({ incidentId: IncidentId, wordingId: z.uuid() })
const RevisionRef = z.strictObject({ incidentId: IncidentId, revisionId: z.uuid() })
const Reason = z.string().trim().min(1).max(1000)

export const wordingApi = {
  /** The texts of an incident, or of the standing library; removed ones only on request. */
  'wordings.list': query(z.strictObject({ incidentId: IncidentId, removed: z.boolean().default(false) }), SHOWS)
    .dependsOn(({ incidentId }) => [
      'rules',
      ...ofIncident(incidentId ?? '', 'wordings', 'wording-drafts', 'incident'),
      ...ofIncident('', 'wordings'),
    ])
    .returns<WordingRow[]>(),
  'wordings.get': query(WordingRef, SHOWS)
    .dependsOn(({ incidentId }) => [
      'rules',
      ...ofIncident(incidentId ?? '', 'wordings', 'wording-drafts', 'incident'),
      ...ofIncident('', 'wordings'),
    ])
    .returns<WordingView>(),
  'wordings.draft': query(WordingRef, SHOWS)
    .dependsOn(({ incidentId }) => ofIncident(incidentId ?? '', 'wording-drafts'))
    .returns<DraftView>(),
  'wordings.revision': query(RevisionRef, SHOWS)
    .dependsOn(({ incidentId }) => ofIncident(incidentId ?? '', 'wordings'))
    .returns<RevisionView>(),
  /** The values of variables that are stored for an incident, or for the team. */
  'wordings.values': query(z.strictObject({ incidentId: IncidentId }), SHOWS)
    .dependsOn(({ incidentId }) => [...ofIncident(incidentId ?? '', 'wordings'), ...ofIncident('', 'wordings')])
    .returns<{ own: VariableValues; team: VariableValues }>(),
  /** The revisions, of all incidents and the library, that this member may decide on; the most urgent first. */
  'wordings.reviews': query(z.strictObject({}), SHOWS)
    .dependsOn(() => ['incidents', 'reviews', 'rules'])
    .returns<ReviewRow[]>(),

  /** Who lets whom approve in their role now (MS-15). Empty for people from outside the company. */
  'wordings.delegations': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<DelegationRow[]>(),
  /** Lets another member approve in this member's own role until a time, at most 31 days ahead; null ends it. */
  'wordings.delegate': command(z.strictObject({ to: z.uuid(), as: ApproverRole, until: z.int().min(0).nullable() }), {
    action: 'wording.delegate',
  }).returns<null>(),

  /** The shipped starter library in a language. */
  'wordings.starter': query(z.strictObject({ incidentId: IncidentId, language: WordingLanguage }), SHOWS)
    .dependsOn(({ incidentId }) => ofIncident(incidentId ?? '', 'wordings'))
    .returns<StarterRow[]>(),

  /** Adds texts of the starter library; those that are there already are left alone. */
  'wordings.takeStarter': command(
    z.strictObject({ incidentId: IncidentId, language: WordingLanguage, ids: z.array(z.string().max(120)).min(1).max(200) }),
    { action: 'wording.draft' },
  ).returns<{ added: number }>(),
  'wordings.create': command(z.strictObject({ incidentId: IncidentId, place: WordingPlace, content: WordingContent }), {
    action: 'wording.draft',
    ...SHOWS,
  }).returns<WordingView>(),
  /** Copies a text into an incident, or into the library. */
  'wordings.copy': command(z.strictObject({ from: z.uuid(), incidentId: IncidentId }), {
    action: 'wording.draft',
    ...SHOWS,
  }).returns<WordingView>(),
  'wordings.move': command(WordingRef.extend({ place: WordingPlace.partial() }), {
    action: 'wording.draft',
    ...SHOWS,
  }).returns<WordingView>(),
  'wordings.remove': command(WordingRef.extend({ removed: z.boolean() }), { action: 'wording.draft' }).returns<null>(),
  /** Writes an edit (a Yjs update, base64) to the draft. `generation`: that of the document which was edited. */
  'wordings.edit': command(WordingRef.extend({ update: z.base64().min(4).max(MAX_EDIT), generation: z.int().min(0) }), {
    action: 'wording.draft',
  }).returns<null>(),
  /** Puts words that are kept beside the draft back into it, or dismisses them. `index`, `at`: which of {@link DraftView.kept}. */
  'wordings.settleKept': command(WordingRef.extend({ index: z.int().min(0).max(100), at: z.int().min(0), putBack: z.boolean() }), {
    action: 'wording.draft',
  }).returns<null>(),
  /** Changes the draft to the content of a revision. */
  'wordings.restore': command(WordingRef.extend({ revisionId: z.uuid() }), { action: 'wording.draft' }).returns<null>(),
  /** Takes the draft as the next revision; `ask` submits it for approval as well. */
  'wordings.save': command(
    WordingRef.extend({ note: z.string().trim().max(500), overruled: z.array(Overruled).max(100), ask: z.boolean() }),
    { action: 'wording.draft', ...SHOWS },
  ).returns<WordingView>(),
  'wordings.ask': command(WordingRef.extend({ revisionId: z.uuid() }), { action: 'wording.draft', ...SHOWS }).returns<WordingView>(),
  /** Approves or rejects exactly the text with this hash, filled with these values; others meanwhile: `changed-meanwhile`. */
  'wordings.decide': command(
    WordingRef.extend({
      revisionId: z.uuid(),
      hash: ContentHash,
      verdict: Verdict,
      as: ApproverRole,
      comparedWith: z.uuid().nullable(),
      values: VariableValues,
      note: z.string().trim().max(1000),
      comments: z.array(PinnedComment).max(50),
    }),
    { action: 'wording.approve', ...SHOWS },
  ).returns<WordingView>(),
  /** `from`: null is now; `until`: null is until it is replaced. `delivery`: default, as it went out last, else to all agents. `promises`: its commitments that are given a time; only in an incident. */
  'wordings.publish': command(
    WordingRef.extend({
      revisionId: z.uuid(),
      hash: ContentHash,
      from: z.int().min(0).nullable(),
      until: z.int().min(0).nullable(),
      summary: z.string().trim().max(300),
      delivery: Delivery.optional(),
      promises: PromiseInputs.optional(),
    }),
    { action: 'wording.publish', ...SHOWS },
  ).returns<WordingView>(),
  'wordings.release': command(
    WordingRef.extend({
      revisionId: z.uuid(),
      hash: ContentHash,
      until: z.int().min(0).nullable(),
      summary: z.string().trim().max(300),
      reason: Reason,
      delivery: Delivery.optional(),
      promises: PromiseInputs.optional(),
    }),
    { action: 'wording.release', ...SHOWS },
  ).returns<WordingView>(),
  'wordings.withdraw': command(WordingRef.extend({ reason: Reason, instead: z.string().trim().max(1000) }), {
    action: 'wording.withdraw',
    ...SHOWS,
  }).returns<WordingView>(),
  'wordings.setValues': command(z.strictObject({ incidentId: IncidentId, values: VariableValues }), {
    action: 'wording.values',
    ...SHOWS,
  }).returns<null>(),
}
