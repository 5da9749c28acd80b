import type { Action } from '#domain/permissions/matrix.ts'
import type { z } from 'zod'
import type { Result } from './failures.ts'
import type { Topic } from './topics.ts'

/** Names of answer fields that are never masked: contact addresses of colleagues, in calls whose purpose is to return them. */
type Shown = readonly string[]

/** A call that reads. Its answer may have changed once one of its topics is announced. */
export type Query<Input extends z.ZodType = z.ZodType, Output = unknown> = {
  kind: 'query'
  shows: Shown
  input: Input
  output: Output
  dependsOn(input: z.input<Input>): readonly Topic[]
}

/** The entity whose current texts a command overwrites: its kind, and the input field that holds its id. */
type Edited<Field extends string = string> = { kind: string; id: Field }

/** A call that changes something or is made on request: its answer is not cached or reloaded. */
export type Command<Input extends z.ZodType = z.ZodType, Output = unknown, Does extends Action | null = Action | null> = {
  kind: 'command'
  shows: Shown
  input: Input
  output: Output
  /** The row of the permission matrix that decides; null if there is none, or if it depends on the input. */
  action: Does
  edits: Edited | null
}

/** One call of the UI contract: the input is parsed at entry, the output is typed by the service that creates it. */
export type Procedure<Input extends z.ZodType = z.ZodType, Output = unknown> = Query<Input, Output> | Command<Input, Output>

/**
 * Declares a call that reads. `Output` is only a type: results come from our own process.
 * @param does.shows fields of the answer that are never masked
 * @example `query(IncidentRef).dependsOn(({ incidentId }) => ofIncident(incidentId, 'tasks')).returns<TaskView[]>()`
 */
export function query<Input extends z.ZodType>(
  input: Input,
  { shows = [] }: { shows?: Shown } = {},
): { dependsOn(topics: Query<Input>['dependsOn']): { returns<Output>(): Query<Input, Output> } } {
  return {
    dependsOn: (dependsOn) => ({
      // The output type exists only at compile time.
      returns: <Output>() => ({ kind: 'query', input, shows, dependsOn }) as Query<Input, Output>,
    }),
  }
}

/**
 * Declares a call that changes something.
 * @param does.action the row of the permission matrix that decides, if it is always the same row
 * @param does.edits the entity that is overwritten, so that masked texts are restored before they are written
 * @param does.shows fields of the answer that are never masked
 * @example `command(TaskRef, { action: 'task.move' }).returns<TaskView>()`
 */
export function command<Input extends z.ZodType, Does extends Action | null = null>(
  input: Input,
  does: { action?: Does; edits?: Edited<keyof z.output<Input> & string>; shows?: Shown } = {},
): { returns<Output>(): Command<Input, Output, Does> } {
  const { action = null, edits = null, shows = [] } = does
  // The output type exists only at compile time.
  return { returns: <Output>() => ({ kind: 'command', input, shows, action, edits }) as Command<Input, Output, Does> }
}

export type ProcedureMap = Record<string, Procedure>

export type InputOf<P extends Procedure> = z.input<P['input']>
export type OutputOf<P extends Procedure> = P['output']

/** The service side of a map of calls: each handler gets parsed input and returns a result or a promise of one. */
export type HandlersOf<Map extends ProcedureMap> = {
  [Name in keyof Map]: (input: z.output<Map[Name]['input']>) => Result<OutputOf<Map[Name]>> | Promise<Result<OutputOf<Map[Name]>>>
}

/** A handler whose call is known only at run time; its input is already parsed. */
export type Handler = (input: unknown) => Result<unknown> | Promise<Result<unknown>>

/** The names of a map of calls, or of handlers. */
export function namesOf<Named extends object>(named: Named): (keyof Named & string)[] {
  return Object.keys(named) as (keyof Named & string)[]
}

/**
 * The handler of a call whose name is known only at run time. The table ties input and output to the name, which the
 * compiler cannot follow.
 */
export function handlerOf<Handlers extends object>(handlers: Handlers, name: keyof Handlers): Handler {
  return handlers[name] as Handler
}

/**
 * Creates handlers of the same calls by name: wrapped handlers, or handlers that forward the call.
 * @param make must preserve the answer type of the call
 */
export function mapHandlers<Handlers extends object>(
  names: readonly (keyof Handlers & string)[],
  make: (name: keyof Handlers & string) => Handler,
): Handlers {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Handlers
}
