/** The acts on a promise that need a reason. */
export const PROMISE_ACTS = ['break', 'move', 'void'] as const
export type PromiseAct = (typeof PROMISE_ACTS)[number]
