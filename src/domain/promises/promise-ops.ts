import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { CONTENT_LIMITS, PartId } from '../wording/content.ts'
import { REVISION, WORDING } from '../wording/wording-entity.ts'
import { MAX_MOVES, wordsOf, type PromiseOutcome, type PromiseState } from './promise.ts'
import { PROMISE } from './promise-entity.ts'

const Reason = z.string().trim().min(1).max(1000)
/** Until the year 2100. */
const Time = z.int().min(0).max(4_133_980_800_000)

/** The words repeat those of the published block with its values, because a fold reads no other entity. */
export const PromiseMake = z.strictObject({
  wordingId: LoggedUuid,
  revisionId: LoggedUuid,
  blockId: PartId,
  text: z.string().trim().max(CONTENT_LIMITS.block),
  action: z.string().trim().max(CONTENT_LIMITS.short),
  owner: z.string().trim().max(CONTENT_LIMITS.short),
  ownerId: LoggedUuid.nullable(),
  dueAt: Time,
})
export const PromiseKeep = z.strictObject({ note: z.string().trim().max(1000) })
export const PromiseEnd = z.strictObject({ reason: Reason })
export const PromiseMoveBody = z.strictObject({ from: Time, to: Time, reason: Reason })

type Promised = Entity<PromiseState>

const COMMON = { version: 1, expects: null, notifies: null, webhook: null } as const

function mayMake(
  context: DecisionContext,
  promise: Promised | undefined,
  body: z.infer<typeof PromiseMake>,
  scope: string,
): Refusal | null {
  if (promise) return refuse('already-exists')
  const wording = WORDING.read(context, body.wordingId)
  if (wording?.scope !== scope) return refuse('not-found')
  const { live } = wording.state
  if (!live) return refuse('not-live')
  if (live.revisionId !== body.revisionId) return refuse('changed-meanwhile', { field: 'revision', now: live.number })
  const block = REVISION.read(context, body.revisionId)?.state.content.blocks.find(({ id }) => id === body.blockId)
  if (block?.kind !== 'commitment') return refuse('not-found')
  const words = wordsOf(block, live.values)
  if (words.text === '' && words.action === '') return refuse('text-empty')
  // What is tracked is what was published, not what somebody writes beside it.
  if (words.text !== body.text || words.action !== body.action || words.owner !== body.owner) return refuse('revision-differs')
  return body.ownerId === null || MEMBER.read(context, body.ownerId)?.state.status === 'active' ? null : refuse('not-found')
}

const isOpen = (_context: DecisionContext, promise: Promised | undefined): Refusal | null => {
  if (!promise) return refuse('not-found')
  return promise.state.state === 'open' ? null : refuse('changed-meanwhile', { field: 'state', now: promise.state.state })
}

/** Ends an open promise; one that has ended stays as it is. */
function ended(
  promise: Promised | undefined,
  state: PromiseOutcome,
  note: string,
  { recordedAt, actor }: { recordedAt: number; actor: string },
): Promised | undefined {
  if (promise?.state.state !== 'open') return promise
  return { ...promise, state: { ...promise.state, state, note, endedAt: recordedAt, endedBy: actor } }
}

const isOwner = ({ state }: Promised, { actorId }: DecisionContext) => state.ownerId === actorId

export const PROMISE_OPS = [
  PROMISE.op('promise.make', {
    ...COMMON,
    action: 'promise.make',
    body: PromiseMake,
    decide: (context, promise, body, op) => mayMake(context, promise, body, op.scope),
    fold: (promise, body, applied, op) =>
      promise ??
      createEntity<PromiseState>(op, {
        ...body,
        madeAt: applied.recordedAt,
        by: applied.actor,
        state: 'open',
        endedAt: null,
        endedBy: null,
        note: '',
        moves: [],
      }),
  }),
  PROMISE.op('promise.keep', {
    ...COMMON,
    action: 'promise.settle',
    own: isOwner,
    body: PromiseKeep,
    decide: isOpen,
    fold: (promise, { note }, applied) => ended(promise, 'kept', note, applied),
  }),
  PROMISE.op('promise.break', {
    ...COMMON,
    action: 'promise.settle',
    own: isOwner,
    body: PromiseEnd,
    decide: isOpen,
    fold: (promise, { reason }, applied) => ended(promise, 'broken', reason, applied),
  }),
  PROMISE.op('promise.move', {
    ...COMMON,
    action: 'promise.settle',
    own: isOwner,
    expects: { from: 'dueAt' },
    body: PromiseMoveBody,
    decide: (context, promise, { from, to }) => {
      const refusal = isOpen(context, promise)
      if (refusal || !promise) return refusal
      const { dueAt, moves } = promise.state
      if (dueAt !== from) return refuse('changed-meanwhile', { field: 'dueAt', now: dueAt })
      if (from === to) return refuse('nothing-changes')
      return moves.length >= MAX_MOVES ? refuse('too-many', { limit: MAX_MOVES }) : null
    },
    fold: (promise, { to, reason }, { recordedAt: at, actor: by }) => {
      if (promise?.state.state !== 'open') return promise
      const moves = [...promise.state.moves, { from: promise.state.dueAt, to, reason, at, by }].slice(-MAX_MOVES)
      return { ...promise, state: { ...promise.state, dueAt: to, moves } }
    },
  }),
  PROMISE.op('promise.void', {
    ...COMMON,
    action: 'promise.void',
    body: PromiseEnd,
    decide: isOpen,
    fold: (promise, { reason }, applied) => ended(promise, 'void', reason, applied),
  }),
]
