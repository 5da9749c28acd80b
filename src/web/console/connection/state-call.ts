import { ConsoleState } from '#contract/agent-wire.ts'
import { readAnswer } from '../../page/hub-call.ts'
import type { SessionEnd } from '../state/console-model.ts'

/** What the hub says about the state; `same`: the version is still current; `out`: nobody is signed in; `away`: no answer. */
export type StateAnswer =
  { kind: 'state'; state: ConsoleState } | { kind: 'same' } | { kind: 'out'; why: SessionEnd | null } | { kind: 'away' }

/** How long the hub may hold an answer back until something changes, seconds. */
const WAIT = 4

/**
 * Asks for the state.
 * @param version the version known here, null if none
 * @param wait whether the hub shall wait a little for a change of that version
 */
export async function fetchState(version: string | null, wait: boolean): Promise<StateAnswer> {
  try {
    const headers: Record<string, string> = version === null ? {} : { 'if-none-match': `"${version}"` }
    // The browser's own cache would answer 200 where the hub said 304.
    const response = await fetch(`api/state${wait ? `?wait=${WAIT}` : ''}`, { credentials: 'same-origin', cache: 'no-store', headers })
    if (response.status === 304) return { kind: 'same' }
    if (response.ok) {
      const read = ConsoleState.safeParse(await response.json())
      return read.success ? { kind: 'state', state: read.data } : { kind: 'away' }
    }
    const answer = await readAnswer(response)
    if (answer.ok) return { kind: 'away' }
    const { code, params } = answer.failure
    if (code === 'session-unknown') return { kind: 'out', why: null }
    if (code === 'locked') return { kind: 'out', why: params['reason'] === 'contract-ended' ? 'period-over' : 'revoked' }
    return { kind: 'away' }
  } catch {
    return { kind: 'away' }
  }
}
