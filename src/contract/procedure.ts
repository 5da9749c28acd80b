import type { z } from 'zod'
import type { Result } from './failures.ts'

/** One call of the UI contract: what goes in is parsed at entry, what comes out is typed by the service that makes it. */
export type Procedure<Input extends z.ZodType = z.ZodType, Output = unknown> = { input: Input; output: Output }

/**
 * Declares a call. `Output` is a type only: results come from our own process.
 * @example `procedure(z.strictObject({ id: Uuid })).returns<IncidentView>()`
 */
export function procedure<Input extends z.ZodType>(input: Input): { returns<Output>(): Procedure<Input, Output> } {
  return {
    // The output exists at compile time alone.
    returns: <Output>() => ({ input }) as Procedure<Input, Output>,
  }
}

export type ProcedureMap = Record<string, Procedure>

export type InputOf<P extends Procedure> = z.input<P['input']>
export type OutputOf<P extends Procedure> = P['output']

/** The services' side of a map of calls: each handler gets parsed input and returns a result, now or later. */
export type HandlersOf<Map extends ProcedureMap> = {
  [Name in keyof Map]: (input: z.output<Map[Name]['input']>) => Result<OutputOf<Map[Name]>> | Promise<Result<OutputOf<Map[Name]>>>
}
