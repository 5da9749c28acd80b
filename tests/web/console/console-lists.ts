import { AUDIENCES, BLOCK_KINDS, WORDING_CHANNELS } from '#domain/wording/content.ts'
import { EMOTIONS, STATEMENT_KINDS } from '#domain/wording/wording.ts'
import { ConsoleGone } from '#contract/agent-wire.ts'
import { FILLED_BY_AGENTS } from '#web/console/state/pieces.ts'
import { SECTIONS } from '#web/console/state/sections.ts'
import { KEYS } from '#web/console/views/HelpPanel.tsx'
import { KNOWN_FAILURES } from '#web/console/views/use-failure-words.ts'
import { THEMES } from '#web/page/theme.ts'

/** The lists from which keys of the console's texts are put together. */
export const CONSOLE_LISTS: Record<string, readonly string[]> = {
  'console:audiences.*': AUDIENCES,
  'console:blocks.*': BLOCK_KINDS.filter((kind) => kind !== 'text' && kind !== 'heading'),
  'console:changes.*': ConsoleGone.shape.why.options,
  'console:changes.items.*': ['new', 'changed', 'withdrawn'],
  'console:channels.*': WORDING_CHANNELS,
  'console:choices.themes.*': THEMES,
  'console:copy.*': ['copied', 'refused'],
  'console:emotions.*': EMOTIONS,
  'console:entry.ended.*': ['signed-out', 'revoked', 'period-over'],
  'console:failures.*': [...KNOWN_FAILURES, 'other'],
  'console:gone.*': ConsoleGone.shape.why.options,
  'console:help.keys.*': KEYS.map(([, act]) => act),
  'console:reply.variables.*': FILLED_BY_AGENTS,
  'console:sections.*': SECTIONS,
  'console:sound.*': ['ready', 'blocked', 'muted'],
  'console:statements.*': STATEMENT_KINDS,
  'console:urgency.*': ['important', 'urgent'],
}
