import type { ReadKind } from '../define-entity.ts'
import type { Entity } from '../log/entity.ts'
import type { Refusal } from '../log/refusal.ts'

/**
 * An op that a command wants written, without the fields that the writer fills in (ids of op and device, counter, clock,
 * what was seen).
 */
export type Draft = {
  scope: string
  kind: string
  id: string
  type: string
  /** Default: 1. */
  version?: number
  body: Record<string, unknown>
  /** Indexes of earlier drafts of the same command that this one depends on. */
  after?: readonly number[]
}

/**
 * The data that a command may read: what its actor sees. Synchronous; at a hub the first run may abort to load requested
 * data, so a command must only read and return.
 */
export type CommandRead = {
  /** The entity; undefined if it does not exist or the actor may not read it. */
  one<State>(of: ReadKind<State>, id: string): Entity<State> | undefined
  /** All entities of a kind in a scope, in no guaranteed order. Only for kinds with few entities per scope. */
  all<State>(of: ReadKind<State>, scope: string): readonly Entity<State>[]
}

/** The context of a command: the actor, the time (milliseconds since 1970), and a source of new ids. */
export type CommandEdge = {
  /** The id of the acting member; null on a device that is not set up, which writes nothing. */
  actorId: string | null
  now: number
  uuid(): string
  /** True for a member that a program acts as: it reads no notices, so it follows nothing by writing. */
  isService?: boolean
}

/** Why a command writes nothing: a refusal of an op, or a failure that only a command detects. */
export type CommandRefusal =
  Refusal | { code: 'bad-input' | 'mapping-incomplete' | 'share-out-of-range'; params: Record<string, string | number> }

/**
 * One user action, as a pure function: the drafts to write, or why it cannot be done. Ids of created entities are part of
 * the input, so that the caller knows them. A command does not check permissions: the log does that when the drafts are
 * written.
 */
export type Command<Input> = (read: CommandRead, input: Input, edge: CommandEdge) => Draft[] | CommandRefusal

/** The given fields, without undefined ones. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
