import type { ReadKind } from '../define-entity.ts'
import type { Entity } from '../log/entity.ts'
import type { Refusal } from '../log/refusal.ts'

/** What a command wants written: an op without what its writer fills in (ids of op and device, counter, clock, what was seen). */
export type Draft = {
  scope: string
  kind: string
  id: string
  type: string
  /** Left out: 1. */
  version?: number
  body: Record<string, unknown>
  /** Indexes of earlier drafts of the same act that this one cannot stand without. */
  after?: readonly number[]
}

/**
 * What a command may look at: what its actor sees. Synchronous; at a hub a first run may stop in the middle to load what it asked
 * for, so a command does nothing but read and answer.
 */
export type CommandRead = {
  /** The entity; undefined where it is not there, or not for the actor. */
  one<State>(of: ReadKind<State>, id: string): Entity<State> | undefined
  /** Every entity of a kind that stands in a scope, in no promised order. For kinds of which a scope holds few. */
  all<State>(of: ReadKind<State>, scope: string): readonly Entity<State>[]
}

/** What surrounds a command: who acts, when (milliseconds since 1970), and fresh ids. */
export type CommandEdge = {
  /** The id of the member who acts; null on a device that is not set up, which writes nothing. */
  actorId: string | null
  now: number
  uuid(): string
}

/** Why a command writes nothing: what an op may be refused for, or what only a command sees. */
export type CommandRefusal =
  Refusal | { code: 'bad-input' | 'mapping-incomplete' | 'share-out-of-range'; params: Record<string, string | number> }

/**
 * One act of the product, pure: what it writes, or why it cannot. Ids of what it makes come with the input, so that whoever calls
 * knows them. It does not judge who may: the log does, when the drafts are written.
 */
export type Command<Input> = (read: CommandRead, input: Input, edge: CommandEdge) => Draft[] | CommandRefusal

/** What is given, without what is left out. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
