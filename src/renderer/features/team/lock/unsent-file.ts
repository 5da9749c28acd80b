import type { UnsentText } from '#contract/team-api.ts'
import { formatExact } from '#ui/time/format-time.ts'

/** Unsynced texts as a plain text file; time and kind are on a line above each. */
export function unsentFile(texts: readonly UnsentText[], language: string): string {
  return texts.map(({ at, type, text }) => `${formatExact(at, language)} · ${type}\n${text}\n`).join('\n')
}
