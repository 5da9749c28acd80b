import type { UnsentText } from '#contract/team-api.ts'
import { formatExact } from '#ui/time/format-time.ts'

/** Unsent texts as a file that any editor opens: each with its time and kind on a line of its own above it. */
export function unsentFile(texts: readonly UnsentText[], language: string): string {
  return texts.map(({ at, type, text }) => `${formatExact(at, language)} · ${type}\n${text}\n`).join('\n')
}
