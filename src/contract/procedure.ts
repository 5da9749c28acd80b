import type { Action } from '#domain/permissions/matrix.ts'
import type { z } from 'zod'
import type { Result } from './failures.ts'
import type { Topic } from './topics.ts'

/** Names of fields of an answer that are never masked: how people of the house are reached, where that is what is asked for. */
type Shown = readonly string[]

/** A call that reads. What comes out may have changed once one of the topics that it depends on is announced. */
export type Query<Input extends z.ZodType = z.ZodType, Output = unknown> = {
  kind: 'query'
  shows: Shown
  input: Input
  output: Output
  dependsOn(input: z.input<Input>): readonly Topic[]
}

/** The entity whose present texts a command is written over: its kind, and the field of the input that holds its id. */
type Edited<Field extends string = string> = { kind: string; id: Field }

/** A call that changes something, or is made because somebody asks for it: its answer is not kept and read again. */
export type Command<Input extends z.ZodType = z.ZodType, Output = unknown, Does extends Action | null = Action | null> = {
  kind: 'command'
  shows: Shown
  input: Input
  output: Output
  /** The row of the permission matrix by which it is judged; null where it has none, or where the input decides. */
  action: Does
  edits: Edited | null
}

/** One call of the UI contract: what goes in is parsed at entry, what comes out is typed by the service that makes it. */
export type Procedure<Input extends z.ZodType = z.ZodType, Output = unknown> = Query<Input, Output> | Command<Input, Output>

/**
 * Declares a call that reads. `Output` is a type only: results come from our own process.
 * @param does.shows fields of the answer that are never masked
 * @example `query(IncidentRef).dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks')).returns<TaskView[]>()`
 */
export function query<Input extends z.ZodType>(
  input: Input,
  { shows = [] }: { shows?: Shown } = {},
): { dependsOn(topics: Query<Input>['dependsOn']): { returns<Output>(): Query<Input, Output> } } {
  return {
    dependsOn: (dependsOn) => ({
      // The output exists at compile time alone.
      returns: <Output>() => ({ kind: 'query', input, shows, dependsOn }) as Query<Input, Output>,
    }),
  }
}

/**
 * Declares a call that acts.
 * @param does.action the row of the permission matrix that decides, where one row always does
 * @param does.edits the entity that is written over, so that what was read masked is restored before it is written
 * @param does.shows fields of the answer that are never masked
 * @example `command(TaskRef, { action: 'task.move' }).returns<TaskView>()`
 */
export function command<Input extends z.ZodType, Does extends Action | null = null>(
  input: Input,
  does: { action?: Does; edits?: Edited<keyof z.output<Input> & string>; shows?: Shown } = {},
): { returns<Output>(): Command<Input, Output, Does> } {
  const { action = null, edits = null, shows = [] } = does
  // The output exists at compile time alone.
  return { returns: <Output>() => ({ kind: 'command', input, shows, action, edits }) as Command<Input, Output, Does> }
}

export type ProcedureMap = Record<string, Procedure>

export type InputOf<P extends Procedure> = z.input<P['input']>
export type OutputOf<P extends Procedure> = P['output']

/** The services' side of a map of calls: each handler gets parsed input and returns a result, now or later. */
export type HandlersOf<Map extends ProcedureMap> = {
  [Name in keyof Map]: (input: z.output<Map[Name]['input']>) => Result<OutputOf<Map[Name]>> | Promise<Result<OutputOf<Map[Name]>>>
}

/** A handler whose call is known at run time alone: it is given parsed input. */
export type Handler = (input: unknown) => Result<unknown> | Promise<Result<unknown>>

/** The names of a map of calls, or of handlers. */
export function namesOf<Named extends object>(named: Named): (keyof Named & string)[] {
  return Object.keys(named) as (keyof Named & string)[]
}

/** The handler of a call whose name is known at run time alone. The table ties input and output to the name; the compiler cannot follow. */
export function handlerOf<Handlers extends object>(handlers: Handlers, name: keyof Handlers): Handler {
  return handlers[name] as Handler
}

/**
 * Handlers of the same calls, each made from its name: wrapped ones, or ones that pass the call on.
 * @param make must keep the type of the answer of the call that it is given
 */
export function mapHandlers<Handlers extends object>(
  names: readonly (keyof Handlers & string)[],
  make: (name: keyof Handlers & string) => Handler,
): Handlers {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Handlers
}
