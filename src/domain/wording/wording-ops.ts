import { z } from 'zod'
import type { BeforeOp, DecisionContext } from '../define-entity.ts'
import { createEntity, writeField, type Applied, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import type { NoticeCall } from '../notices/notice.ts'
import { approvalNow, reviewNow, storedValues } from './approval-now.ts'
import { CONTENT_LIMITS, ContentHash } from './content.ts'
import { Delivery, PLAIN_DELIVERY, sameDelivery } from './delivery.ts'
import { asRelease, predecessorOf } from './published.ts'
import { unapprovedWords } from './unapproved-words.ts'
import { missingValues, ownValue, sameValues, valuesFor, variablesOf } from './values.ts'
import { REVISION, valuesId, WORDING, WORDING_VALUES } from './wording-entity.ts'
import {
  MAX_VALUES,
  VariableValues,
  WORDING_LIMITS,
  WordingOrigin,
  WordingPlace,
  type PastRelease,
  type Release,
  type RevisionState,
  type WordingState,
  type WordingValuesState,
} from './wording.ts'

const Reason = z.string().trim().min(1).max(1000)
const Time = z.int().min(0).max(4_133_980_800_000)

const Heading = { title: z.string().max(CONTENT_LIMITS.title), core: z.string().max(CONTENT_LIMITS.core) }

export const WordingCreate = z.strictObject({ ...Heading, place: WordingPlace, origin: WordingOrigin.nullable() })
export const WordingMove = WordingPlace.partial()
/** Adds a written revision to the list, which fixes its number. */
export const WordingAddRevision = z.strictObject({ ...Heading, revisionId: LoggedUuid, number: z.int().min(1), hash: ContentHash })
/** `from`: begins then, or at once if the hub's clock is past it; 0 is always at once. `emergency`: why it is released before its approval is complete; null for an approved revision. */
export const WordingPublish = z.strictObject({
  revisionId: LoggedUuid,
  number: z.int().min(1),
  hash: ContentHash,
  from: Time,
  until: Time.nullable(),
  summary: z.string().trim().max(300),
  values: VariableValues,
  emergency: Reason.nullable(),
})
export const WordingPublish2 = WordingPublish.extend({ delivery: Delivery })
/** `instead`: what to use now; empty if there is nothing yet. */
export const WordingWithdraw = z.strictObject({ revisionId: LoggedUuid, reason: Reason, instead: z.string().trim().max(1000) })
export const WordingRemove = z.strictObject({ removed: z.boolean() })
export const ValuesSet = z.strictObject({ values: VariableValues })

type Wording = Entity<WordingState>

const COMMON = { version: 1, expects: null, notifies: null, webhook: null } as const

/** The revision of a wording, if the op names its number and its exact text. */
function revisionOf(context: DecisionContext, wording: Wording, body: { revisionId: string; number: number; hash: string }) {
  const revision = REVISION.read(context, body.revisionId)
  if (revision?.state.wordingId !== wording.id || revision.state.number !== body.number) return refuse('not-found')
  return revision.state.hash === body.hash ? revision : refuse('revision-differs')
}

function valuesRefusal(context: DecisionContext, wording: Wording, revision: RevisionState, values: VariableValues): Refusal | null {
  const missing = missingValues(revision.content, values, wording.state.kind)
  if (missing.length > 0) return refuse('variables-empty', { names: missing.join(', ').slice(0, 200) })
  // Only the values of the list count, as far as the text names them: the publisher adds no text of their own.
  const variables = new Set(variablesOf(revision.content))
  const foreign = Object.keys(values).find((name) => !variables.has(name))
  if (foreign !== undefined) return refuse('malformed', { detail: `values.${foreign}` })
  const stored = storedValues(context, wording.scope)
  // None is left out either: a text goes out with all values that there are.
  const named = [...Object.keys(valuesFor(revision.content, stored)), ...Object.keys(values)]
  const other = named.find((name) => ownValue(values, name) !== ownValue(stored, name))
  return other === undefined ? null : refuse('changed-meanwhile', { field: `{${other}}`, now: ownValue(stored, other) ?? '' })
}

const asPast = (
  live: Release,
  applied: { recordedAt: number; actor: string },
  end: PastRelease['end'],
  reason: string,
  instead: string,
) => ({
  ...live,
  endedAt: applied.recordedAt,
  endedBy: applied.actor,
  end,
  reason,
  instead,
})

const PUBLISHES = {
  expects: null,
  action: ({ emergency }: { emergency: string | null }) => (emergency === null ? 'wording.publish' : 'wording.release'),
  notifies: {
    may: () => true,
    calls: ({ number }: { number: number }, { followers }: BeforeOp<WordingState>): NoticeCall[] => [
      { to: followers(), rule: 'wording-published', params: { number } },
    ],
  },
  webhook: 'wording.published',
} as const

type Published = z.output<typeof WordingPublish2>

function publishRefusal(context: DecisionContext, wording: Wording | undefined, body: Published): Refusal | null {
  if (!wording || wording.state.removed) return refuse('not-found')
  if (!wording.state.revisions.some(({ id }) => id === body.revisionId)) return refuse('not-found')
  const revision = revisionOf(context, wording, body)
  if ('code' in revision) return revision
  const { status } = approvalNow(context, revision)
  if (body.emergency === null && status !== 'approved') return refuse('not-approved', { status })
  // A rejection is a decision; an emergency replaces missing decisions only.
  if (status === 'rejected') return refuse('not-approved', { status })
  if (body.until !== null && body.until <= Math.max(body.from, context.now)) return refuse('malformed', { detail: 'until' })
  if (!body.delivery.groups.every((id) => context.read('agent-group', id))) return refuse('not-found')
  const { live } = wording.state
  const begins = (from: number) => Math.max(from, context.now)
  const isSameTime = live !== null && begins(live.from) === begins(body.from) && live.until === body.until
  const isSameText = live?.revisionId === body.revisionId && sameValues(live.values, body.values)
  if (isSameTime && isSameText && sameDelivery(live.delivery, body.delivery)) return refuse('nothing-changes')
  return valuesRefusal(context, wording, revision.state, body.values) ?? unreadValues(context, wording, revision, body)
}

/** Values that were filled in after the approval of a prepared text: no approver reads them, so that the checks must find nothing severe. */
function unreadValues(
  context: DecisionContext,
  wording: Wording,
  revision: Entity<RevisionState>,
  { values, emergency }: Published,
): Refusal | null {
  if (emergency !== null) return null
  const approvals = reviewNow(context, revision).decisions.filter(
    ({ verdict, values: read }) => verdict === 'approve' && read !== undefined,
  )
  const unread = Object.entries(values).filter(([name]) => approvals.some((one) => ownValue(one.values ?? {}, name) === undefined))
  // The number of a hotline is public.
  const refusals = unread.map(([, value]) => unapprovedWords(context, wording.state.language, value, ({ kind }) => kind !== 'personal'))
  return refusals.find((refusal) => refusal !== null) ?? null
}

function released(wording: Wording | undefined, { revisionId, ...body }: Published, applied: Applied): Wording | undefined {
  if (!wording) return undefined
  const { live, past } = wording.state
  const ended = live ? [...past, asPast(live, applied, 'superseded', '', '')].slice(-WORDING_LIMITS.past) : past
  const { recordedAt: at, actor: by } = applied
  // A device's clock may be behind or ahead of the hub's, which decides.
  const next: Release = { revisionId, ...body, from: Math.max(body.from, at), at, by }
  return { ...wording, state: { ...wording.state, past: ended, live: next } }
}

export const WORDING_OPS = [
  WORDING.op('wording.create', {
    ...COMMON,
    action: 'wording.draft',
    body: WordingCreate,
    decide: (_context, wording) => (wording ? refuse('already-exists') : null),
    fold: (wording, { place, ...heading }, applied, op) =>
      wording ??
      createEntity<WordingState>(op, {
        ...place,
        ...heading,
        createdAt: applied.recordedAt,
        createdBy: applied.actor,
        revisions: [],
        live: null,
        past: [],
        removed: false,
      }),
  }),
  WORDING.op('wording.move', {
    ...COMMON,
    action: 'wording.draft',
    body: WordingMove,
    decide: (context, wording, { kind, language, ...place }) => {
      if (!wording) return refuse('not-found')
      // Agents read them with the text, and nobody approves them.
      const shown = (['scenario', 'emotion', 'statement'] as const).some(
        (name) => (place[name] ?? wording.state[name]) !== wording.state[name],
      )
      const cleared = (['emotion', 'statement'] as const).some((name) => place[name] === null && wording.state[name] !== null)
      const { live } = wording.state
      if (live && (shown || cleared)) return refuse('place-live', { number: live.number })
      // They select the approvers and the checks: approvals of a script do not publish it as a statement.
      const differs = (kind ?? wording.state.kind) !== wording.state.kind || (language ?? wording.state.language) !== wording.state.language
      const isSubmitted = wording.state.revisions.some(({ id }) => REVISION.read(context, id)?.state.review)
      return differs && isSubmitted ? refuse('kind-submitted') : null
    },
    fold: (wording, body, applied) => {
      if (!wording) return undefined
      let next = wording
      for (const field of Object.keys(WordingPlace.shape) as (keyof WordingPlace)[])
        if (body[field] !== undefined && body[field] !== next.state[field]) next = writeField(next, field, body[field], applied)
      return next
    },
  }),
  WORDING.op('wording.add-revision', {
    ...COMMON,
    action: 'wording.draft',
    body: WordingAddRevision,
    decide: (context, wording, body) => {
      if (!wording) return refuse('not-found')
      const now = wording.state.revisions.length
      if (body.number !== now + 1) return refuse('changed-meanwhile', { field: 'revision', now })
      if (now >= WORDING_LIMITS.revisions) return refuse('too-many', { limit: WORDING_LIMITS.revisions })
      const revision = revisionOf(context, wording, body)
      if ('code' in revision) return revision
      const { title, core } = revision.state.content
      return title === body.title && core === body.core ? null : refuse('revision-differs')
    },
    fold: (wording, { revisionId: id, number, hash, title, core }, applied) => {
      if (!wording || wording.state.revisions.length !== number - 1) return wording
      const entry = { id, number, hash, by: applied.actor, at: applied.recordedAt }
      return { ...wording, state: { ...wording.state, title, core, revisions: [...wording.state.revisions, entry] } }
    },
  }),
  WORDING.op('wording.publish', {
    ...PUBLISHES,
    version: 1,
    body: WordingPublish,
    decide: (context, wording, body) => publishRefusal(context, wording, { ...body, delivery: PLAIN_DELIVERY }),
    fold: (wording, body, applied) => released(wording, { ...body, delivery: PLAIN_DELIVERY }, applied),
  }),
  // A separate version, because an app that does not know to whom a text goes must park it instead of showing it as for all.
  WORDING.op('wording.publish', {
    ...PUBLISHES,
    version: 2,
    body: WordingPublish2,
    decide: publishRefusal,
    fold: released,
  }),
  WORDING.op('wording.withdraw', {
    ...COMMON,
    action: 'wording.withdraw',
    body: WordingWithdraw,
    notifies: { may: () => true, calls: (_body, { followers }) => [{ to: followers(), rule: 'wording-withdrawn' }] },
    webhook: 'wording.withdrawn',
    decide: (context, wording, { revisionId, instead }) => {
      if (!wording) return refuse('not-found')
      const { live, language } = wording.state
      if (!live) return refuse('not-live')
      if (live.revisionId !== revisionId) return refuse('changed-meanwhile', { field: 'revision', now: live.number })
      // Agents read it out at once.
      return unapprovedWords(context, language, instead)
    },
    fold: (wording, { reason, instead }, applied) => {
      if (!wording?.state.live) return wording
      const { live, past } = wording.state
      // What had not begun has replaced nothing yet.
      const restored = live.from > applied.recordedAt ? predecessorOf(past) : null
      const before = past.filter((one) => one !== restored)
      const ended = [...before, asPast(live, applied, 'withdrawn', reason, instead)].slice(-WORDING_LIMITS.past)
      return { ...wording, state: { ...wording.state, past: ended, live: restored && asRelease(restored) } }
    },
  }),
  WORDING.op('wording.remove', {
    ...COMMON,
    action: 'wording.draft',
    body: WordingRemove,
    decide: (_context, wording, { removed }) => {
      if (!wording) return refuse('not-found')
      return removed && wording.state.live ? refuse('still-live', { number: wording.state.live.number }) : null
    },
    fold: (wording, { removed }, applied) => (wording ? writeField(wording, 'removed', removed, applied) : undefined),
  }),
]

export const VALUES_OPS = [
  WORDING_VALUES.op('wording-values.set', {
    ...COMMON,
    action: 'wording.values',
    body: ValuesSet,
    decide: (_context, known, { values }, op) => {
      if (op.entity.id !== valuesId(op.scope)) return refuse('malformed', { detail: 'entity.id' })
      const names = new Set([...Object.keys(known?.state.values ?? {}), ...Object.keys(values)])
      return names.size > MAX_VALUES ? refuse('too-many', { limit: MAX_VALUES }) : null
    },
    fold: (known, { values: change }, applied, op) => {
      // An empty value is none.
      const values = Object.fromEntries(Object.entries({ ...known?.state.values, ...change }).filter(([, value]) => value !== ''))
      const state: WordingValuesState = { values, at: applied.recordedAt, by: applied.actor }
      return known ? { ...known, state } : createEntity<WordingValuesState>(op, state)
    },
  }),
]
