import type { CommandEdge, CommandRead, CommandRefusal, Draft } from './command.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import { isRunning } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import { incidentOfScope } from '../log/ids.ts'
import { refuse } from '../log/refusal.ts'
import { noteDraft } from './note-draft.ts'
import type { SystemEvent } from '../timeline/entry.ts'
import { derivedId } from '../log/derived-id.ts'
import { textHash, type WordingContent } from '../wording/content.ts'
import type { VariableValues, WordingState } from '../wording/wording.ts'
import { REVISION, WORDING } from '../wording/wording-entity.ts'
import { promiseTitle, wordsOf, type PromiseState } from '../promises/promise.ts'
import { PROMISE } from '../promises/promise-entity.ts'

/** What a publisher gives a commitment: the time by which it is kept, and the member who sees to it. */
export type PromiseGiven = { blockId: string; dueAt: number; ownerId: string | null }

type Published = { wording: Entity<WordingState>; revisionId: string; content: WordingContent; values: VariableValues }

/**
 * The promises that a publication makes, each depending on its first draft. An open promise of the same block with the same
 * words and the same due time is not made again. Ids are derived, so that two devices that publish the same text make the
 * same promise.
 * @returns a refusal when a block is no commitment of the text, is named twice, or says nothing
 */
export function promiseDrafts(
  read: CommandRead,
  { wording, revisionId, content, values }: Published,
  given: readonly PromiseGiven[],
): Draft[] | CommandRefusal {
  if (given.length === 0) return []
  if (incidentOfScope(wording.scope) === null) return refuse('wrong-scope')
  if (new Set(given.map(({ blockId }) => blockId)).size < given.length) return refuse('already-exists')
  const known = read.all(PROMISE, wording.scope).filter(({ state }) => state.wordingId === wording.id)
  const ids = new Set(known.map(({ id }) => id))
  const drafts: Draft[] = []
  for (const { blockId, dueAt, ownerId } of given) {
    const block = content.blocks.find(({ id, kind }) => id === blockId && kind === 'commitment')
    if (!block) return refuse('not-found')
    const words = wordsOf(block, values)
    if (words.text === '' && words.action === '') return refuse('text-empty')
    const stands = ({ state }: Entity<PromiseState>) =>
      state.state === 'open' &&
      state.blockId === blockId &&
      state.dueAt === dueAt &&
      state.text === words.text &&
      state.action === words.action
    if (known.some(stands)) continue
    const idOf = (turn: number) =>
      derivedId(['promise', wording.scope, wording.id, blockId, words.text, words.action, dueAt, turn], textHash)
    // An earlier promise of this name has ended, or was moved: this one is another.
    let turn = 0
    while (ids.has(idOf(turn))) turn += 1
    drafts.push({
      scope: wording.scope,
      kind: 'promise',
      id: idOf(turn),
      type: 'promise.make',
      body: { wordingId: wording.id, revisionId, blockId, ...words, ownerId, dueAt },
      after: [0],
    })
  }
  return drafts
}

/** Makes promises of the published revision of a text, for commitments that were given no time when it was published. */
export function makePromises(
  read: CommandRead,
  { wordingId, promises }: { wordingId: string; promises: readonly PromiseGiven[] },
): Draft[] | CommandRefusal {
  const wording = read.one(WORDING, wordingId)
  if (!wording) return refuse('not-found')
  const { live } = wording.state
  const content = live && read.one(REVISION, live.revisionId)?.state.content
  if (!live || !content) return refuse('not-live')
  const drafts = promiseDrafts(read, { wording, revisionId: live.revisionId, content, values: live.values }, promises)
  return 'code' in drafts ? drafts : drafts.map(({ after: _after, ...draft }) => draft)
}

type PromiseRef = { promiseId: string }
type NoteCode = Extract<SystemEvent['code'], `promise-${string}`>

/** An act on a promise with its note in the timeline. A closed incident takes no entries; there the act alone is recorded. */
function actOn(
  read: CommandRead,
  { promiseId }: PromiseRef,
  edge: CommandEdge,
  act: (state: PromiseState) => { type: string; body: Record<string, unknown>; code: NoteCode; params: SystemEvent['params'] },
): Draft[] | CommandRefusal {
  const promise = read.one(PROMISE, promiseId)
  const incidentId = promise && incidentOfScope(promise.scope)
  if (!promise || !incidentId) return refuse('not-found')
  const { type, body, code, params } = act(promise.state)
  const incident = read.one(INCIDENT, incidentId)?.state
  const about = { promise: promiseTitle(promise.state), promiseId }
  return [
    { scope: promise.scope, kind: 'promise', id: promiseId, type, body },
    ...(incident && isRunning(incident) ? [noteDraft(incidentId, edge.uuid(), edge.now, code, { ...about, ...params }, [0])] : []),
  ]
}

/** Records that a promise was kept. */
export function keepPromise(read: CommandRead, input: PromiseRef & { note: string }, edge: CommandEdge) {
  const { note } = input
  return actOn(read, input, edge, () => ({ type: 'promise.keep', body: { note }, code: 'promise-kept', params: { note } }))
}

/** Records that a promise was broken. */
export function breakPromise(read: CommandRead, input: PromiseRef & { reason: string }, edge: CommandEdge) {
  const { reason } = input
  return actOn(read, input, edge, () => ({ type: 'promise.break', body: { reason }, code: 'promise-broken', params: { reason } }))
}

/** Moves the due time of a promise; `from`: the one that the actor saw. Times in milliseconds since 1970. */
export function movePromise(read: CommandRead, input: PromiseRef & { from: number; to: number; reason: string }, edge: CommandEdge) {
  const { from, to, reason } = input
  const body = { from, to, reason }
  return actOn(read, input, edge, () => ({ type: 'promise.move', body, code: 'promise-moved', params: body }))
}

/** Declares a promise void: it was recorded by mistake, or nobody expects it any more. */
export function voidPromise(read: CommandRead, input: PromiseRef & { reason: string }, edge: CommandEdge) {
  const { reason } = input
  return actOn(read, input, edge, () => ({ type: 'promise.void', body: { reason }, code: 'promise-void', params: { reason } }))
}
