import type { Failure, Result } from '#contract/failures.ts'

type InDraft<Value> = { act: (value: Value) => Promise<Result<Value>>; busy: boolean; failure: Failure | null }

/** The command of a dialog that changes only the draft of the page: it cannot fail, and answers what it is given. */
export const inDraft = <Value>(): InDraft<Value> => ({
  act: (value) => Promise.resolve({ ok: true, value }),
  busy: false,
  failure: null,
})
