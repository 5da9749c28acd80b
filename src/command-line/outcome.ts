import { EXIT, exitCodeOf, type CommandFailure } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import type { Words } from './words.ts'

/**
 * What became of a command: the fields of its JSON document and, for people, lines of text.
 * A document of null means that the answer is already given. A failure may come with both too, such as the rows refused, and
 * with the exit code of another program that it passes on.
 */
export type Outcome =
  | { ok: true; document: Record<string, unknown> | null; lines: readonly string[] }
  | { ok: false; failure: CommandFailure; document?: Record<string, unknown>; lines?: readonly string[]; exitCode?: number }

/**
 * Says what became of a command: with `json` exactly one document on standard output, else lines there and a failure's
 * sentence on the other stream.
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
