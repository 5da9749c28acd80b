import type { Command } from '#domain/commands/command.ts'
import { incidentScope, incidentOfScope } from '#domain/log/ids.ts'
import type { Entity } from '#domain/log/entity.ts'
import { breakPromise, keepPromise, makePromises, movePromise, voidPromise } from '#domain/commands/promise-commands.ts'
import { PROMISE } from '#domain/promises/promise-entity.ts'
import type { PromiseState } from '#domain/promises/promise.ts'
import { hadBegun, hasBegun, publishedText } from '#domain/wording/published.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { PromiseRow } from '#contract/promise-api.ts'
import { commandRead, runCommand } from '../context/run-command.ts'
import { actorHere, memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

type PromiseHandlers = Pick<ApiHandlers, keyof ApiHandlers & `promises.${string}`>

type Promised = Entity<PromiseState>

/** What screens see of promises. */
export type PromiseViews = {
  list(incidentId: string, wordingId: string | null): PromiseRow[]
  /** The open promises of an incident, by due time. */
  open(incidentId: string): PromiseRow[]
}

const isOpenRow = ({ state }: Pick<PromiseRow, 'state'>) => state === 'open'

/** Open ones first, by due time; then the ended ones, the last first. */
function byUrgency(a: PromiseRow, b: PromiseRow): number {
  if (isOpenRow(a) !== isOpenRow(b)) return isOpenRow(a) ? -1 : 1
  const order = isOpenRow(a) ? a.dueAt - b.dueAt : (b.endedAt ?? 0) - (a.endedAt ?? 0)
  return order || (a.id < b.id ? -1 : 1)
}

/** Creates the views. They read what this device shows, own pending ops included. */
export function createPromiseViews(context: ServiceContext): PromiseViews & { row(promise: Promised): PromiseRow } {
  const { store } = context
  const isPending = pendingIds(context, 'promise')
  const read = commandRead(context)

  const isOutside = () => actorHere(context)?.state.vendor !== null

  /** Whether the text that made a promise has been published: a release may begin later. */
  function isPublic({ wordingId, revisionId }: PromiseState): boolean {
    const wording = WORDING.read(store, wordingId)?.state
    const { live } = wording ?? {}
    if (live?.revisionId === revisionId && hasBegun(live, context.now())) return true
    return wording?.past.some((past) => past.revisionId === revisionId && hadBegun(past)) ?? false
  }

  /** The title of the text; for people from outside the company, as it was published, not as it is being rewritten. */
  function titleOf({ wordingId, revisionId }: PromiseState): string {
    const title = isOutside() ? REVISION.read(store, revisionId)?.state.content.title : WORDING.read(store, wordingId)?.state.title
    return title ?? ''
  }

  function sourceOf({ wordingId, revisionId }: PromiseState): PromiseRow['source'] {
    const wording = WORDING.read(store, wordingId)?.state
    const inUse = wording && publishedText(wording, context.now())
    if (wording?.live?.revisionId === revisionId || inUse?.release.revisionId === revisionId) {
      if (inUse?.status !== 'withdrawn') return 'in-use'
    }
    const last = wording?.past.findLast((past) => past.revisionId === revisionId)
    return last?.end === 'withdrawn' ? 'withdrawn' : 'replaced'
  }

  function rowOf({ id, scope, state }: Promised, nameOf: (id: string) => string): PromiseRow {
    const { by, endedBy, moves, ...rest } = state
    return {
      ...rest,
      id,
      incidentId: incidentOfScope(scope) ?? '',
      wordingTitle: titleOf(state),
      source: sourceOf(state),
      ownerName: state.ownerId === null ? null : nameOf(state.ownerId),
      byName: nameOf(by),
      endedByName: endedBy === null ? null : nameOf(endedBy),
      moves: moves.map(({ by: mover, ...move }) => ({ ...move, byName: nameOf(mover) })),
      pending: isPending(id),
    }
  }

  function list(incidentId: string, wordingId: string | null): PromiseRow[] {
    const nameOf = memberNames(context)
    return read
      .all(PROMISE, incidentScope(incidentId))
      .filter(({ state }) => (wordingId === null || state.wordingId === wordingId) && (!isOutside() || isPublic(state)))
      .map((promise) => rowOf(promise, nameOf))
      .toSorted(byUrgency)
  }

  return {
    list,
    open: (incidentId) => list(incidentId, null).filter(isOpenRow),
    row: (promise) => rowOf(promise, memberNames(context)),
  }
}

/** What published texts promise (TK-04, TK-05), and how it ended. */
export function promiseService(context: ServiceContext): PromiseHandlers {
  const views = createPromiseViews(context)

  /** The promise, if it belongs to that incident. */
  function find(incidentId: string, promiseId: string): Promised | undefined {
    const promise = PROMISE.read(context.store, promiseId)
    return promise?.scope === incidentScope(incidentId) ? promise : undefined
  }

  /** Runs a command on a promise and returns the promise after it. */
  function act<Input extends { incidentId: string; promiseId: string }>(command: Command<Input>, input: Input): Result<PromiseRow> {
    if (!find(input.incidentId, input.promiseId)) return fail('not-found')
    const written = runCommand(context, command, input)
    if (!written.ok) return written
    const after = find(input.incidentId, input.promiseId)
    return after ? done(views.row(after)) : fail('not-found')
  }

  return {
    'promises.list': ({ incidentId, wordingId }) => done(views.list(incidentId, wordingId)),
    'promises.make': ({ incidentId, wordingId, promises }) => {
      if (WORDING.read(context.store, wordingId)?.scope !== incidentScope(incidentId)) return fail('not-found')
      const written = runCommand(context, makePromises, { wordingId, promises })
      return written.ok ? done(views.list(incidentId, wordingId)) : written
    },
    'promises.keep': (input) => act(keepPromise, input),
    'promises.break': (input) => act(breakPromise, input),
    'promises.move': (input) => act(movePromise, input),
    'promises.void': (input) => act(voidPromise, input),
  }
}
