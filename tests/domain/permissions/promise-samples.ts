import type { Action } from '#domain/permissions/matrix.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { BULLETIN_ACTIONS, BULLETIN_BODIES } from '#tests/support/bulletin-samples.ts'
import { idOf } from '#tests/support/log-texts.ts'

/** The action that each op of a promise needs. */
const PROMISE_ACTIONS = {
  'promise.make': 'promise.make',
  'promise.keep': 'promise.settle',
  'promise.break': 'promise.settle',
  'promise.move': 'promise.settle',
  'promise.void': 'promise.void',
} as const satisfies Record<string, Action>

const WORDS = { text: '退款', action: '', owner: '', ownerId: null }

/** A valid body of each. */
const PROMISE_BODIES: Record<keyof typeof PROMISE_ACTIONS, Record<string, unknown>> = {
  'promise.make': { wordingId: idOf(9), revisionId: idOf(9), blockId: 'a', ...WORDS, dueAt: TWO_AT_NIGHT },
  'promise.keep': { note: '' },
  'promise.break': { reason: '未办' },
  'promise.move': { from: TWO_AT_NIGHT, to: TWO_AT_NIGHT + 3_600_000, reason: '延期' },
  'promise.void': { reason: '记错' },
}

/** Those of promises and of bulletins. */
export const SAMPLE_ACTIONS = { ...PROMISE_ACTIONS, ...BULLETIN_ACTIONS }
export const SAMPLE_BODIES: Record<string, Record<string, unknown>> = { ...PROMISE_BODIES, ...BULLETIN_BODIES }
