import { EXIT, exitCodeOf, type CommandFailure } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import type { Words } from './words.ts'

/**
 * The result of a command: the fields of its JSON document and lines of text for people.
 * A null document means that the answer is already written. A failure may have both too, such as the refused rows, and the exit
 * code of another program.
 */
export type Outcome =
  | { ok: true; document: Record<string, unknown> | null; lines: readonly string[] }
  | { ok: false; failure: CommandFailure; document?: Record<string, unknown>; lines?: readonly string[]; exitCode?: number }

/**
 * Prints the result of a command: with `json` exactly one document on standard output, else lines there and a failure's
 * sentence on standard error.
 * @returns the exit code
 */
export async function report(outcome: Outcome, json: boolean, words: Words, terminal: Terminal): Promise<number> {
  const message = outcome.ok ? null : words.failure(outcome.failure)
  const failure = outcome.ok ? {} : { failure: { ...outcome.failure, message } }
  const lines = outcome.lines ?? []
  if (json && outcome.document === null) return EXIT.done
  if (json) await terminal.answer(`${JSON.stringify({ ok: outcome.ok, ...outcome.document, ...failure })}\n`)
  else if (lines.length > 0) await terminal.answer(`${lines.join('\n')}\n`)
  if (message !== null && !json) terminal.say(`${message}\n`)
  return outcome.ok ? EXIT.done : (outcome.exitCode ?? exitCodeOf(outcome.failure))
}
