import { ConsoleState, NUDGE_HEADER } from '#contract/agent-wire.ts'
import { readAnswer } from '../../page/hub-call.ts'
import type { SessionEnd } from '../state/console-model.ts'

/** Texts that the hub asks once more to confirm. `at`: the hub's time. */
export type Nudged = { at: number; ids: string[] }

/** What the hub says about the state; `same`: the version is still current; `out`: nobody is signed in; `away`: no answer. */
export type StateAnswer =
  | { kind: 'state'; state: ConsoleState; nudged: Nudged | null }
  | { kind: 'same'; nudged: Nudged | null }
  | { kind: 'out'; why: SessionEnd | null }
  | { kind: 'away' }

function nudgedBy(headers: Headers): Nudged | null {
  const [at, ...ids] = headers.get(NUDGE_HEADER)?.split(' ') ?? []
  return at !== undefined && Number.isSafeInteger(Number(at)) && ids.length > 0 ? { at: Number(at), ids } : null
}

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
    if (response.status === 304) return { kind: 'same', nudged: nudgedBy(response.headers) }
    if (response.ok) {
      const read = ConsoleState.safeParse(await response.json())
      return read.success ? { kind: 'state', state: read.data, nudged: nudgedBy(response.headers) } : { kind: 'away' }
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
