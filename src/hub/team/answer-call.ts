import { fail, type Result } from '#contract/failures.ts'
import { teamApi } from '#contract/team-api.ts'
import { UnreadableRow } from '../database/unreadable.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'

export type AnswerCall = (owner: LinkOwner, name: string, input: unknown) => Promise<Result<unknown>>

/**
 * Answers calls of the team's contract; each input is parsed by its schema before a handler sees it.
 * @param handlersFor the handlers by name, for a link's owner
 * @returns what the handler returns; `unknown-call` or `bad-input` for an invalid call, `unreadable-here` when a stored row cannot
 *   be read
 */
export function createCallAnswerer(handlersFor: (owner: LinkOwner) => object): AnswerCall {
  return async function answerCall(owner, name, input) {
    if (!Object.hasOwn(teamApi, name)) return fail('unknown-call', { name: name.slice(0, 60) })
    const call = name as keyof typeof teamApi
    const parsed = teamApi[call].input.safeParse(input)
    if (!parsed.success) return fail('bad-input', { call: name, detail: parsed.error.message.slice(0, 500) })
    const handlers = handlersFor(owner)
    if (!Object.hasOwn(handlers, call)) return fail('unknown-call', { name })
    // The table ties a name's input to its handler; the compiler cannot follow a name known only at run time.
    const handler = handlers[call as keyof typeof handlers] as (input: unknown) => Promise<Result<unknown>>
    try {
      return await handler(parsed.data)
    } catch (error) {
      if (error instanceof UnreadableRow) return fail('unreadable-here', { kind: '' })
      throw error
    }
  }
}
