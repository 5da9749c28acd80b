import { idOf } from '#tests/support/log-texts.ts'
import { SAMPLE_ACTIONS, SAMPLE_BODIES } from './promise-samples.ts'

/** The action that each op needs that is written beside a text: on its draft, and on what it promises. */
export const WRITTEN_ACTIONS = {
  ...SAMPLE_ACTIONS,
  'draft-note.add': 'wording.draft',
  'draft-note.answer': 'wording.draft',
  'draft-note.close': 'wording.draft',
} as const

const PASSAGE = { at: 'core', start: 'AAAA', end: 'AAAA' }

/** A valid body of each. */
export const WRITTEN_BODIES: Record<string, Record<string, unknown>> = {
  ...SAMPLE_BODIES,
  'draft-note.add': { wordingId: idOf(9), passage: PASSAGE, quote: '停', body: '改', replacement: null },
  'draft-note.answer': { body: '好' },
  'draft-note.close': { how: 'resolved' },
}
