import type { ApproveDecision, ApproveTicket, ApproveWho, WaitingRow, WaitingText } from '#contract/approval-wire.ts'
import type { Result } from '#contract/failures.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import type { Language } from './words.tsx'

// Relative to the page: the hub may lie below a path of a proxy.
const API = 'api'

const isResult = (answer: unknown): answer is Result<never> => typeof answer === 'object' && answer !== null && 'ok' in answer

/** Asks the hub; whatever is not an answer of a hub counts as no connection. */
async function ask<Value>(path: string, body?: unknown): Promise<Result<Value>> {
  try {
    const response = await fetch(`${API}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (isResult(answer)) return answer
  } catch {
    // No network, or a page of a proxy.
  }
  return { ok: false, failure: { code: 'disconnected', params: {} } }
}

/** A name for this browser in the list of the member's devices. */
export function deviceName(page: string): string {
  const system = /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(navigator.userAgent)?.[0] ?? ''
  return system === '' ? page : `${page} · ${system}`
}

/** A random UUID; `crypto.randomUUID` exists only over HTTPS. */
function newRequest(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte, index) =>
    (index === 6 ? (byte & 15) | 64 : index === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0'),
  )
  const text = hex.join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

export const hub = {
  newRequest,
  who: () => ask<ApproveWho>('/who'),
  signIn: (login: string, password: string, device: string) => ask<null>('/sign-in', { login, password, device }),
  signOut: () => ask<null>('/sign-out', {}),
  beginCompany: (device: string, language: Language) => ask<ApproveTicket>('/company/begin', { device, language }),
  companyOutcome: ({ ticket, pollSecret }: Pick<ApproveTicket, 'ticket' | 'pollSecret'>) =>
    ask<'waiting' | 'entered'>('/company/outcome', { ticket, pollSecret }),
  waiting: () => ask<WaitingRow[]>('/waiting'),
  text: (revisionId: string) => ask<WaitingText>(`/waiting/${revisionId}`),
  decide: (
    decision: Omit<ApproveDecision, 'request' | 'revisionId' | 'comparedWith'> &
      Record<'request' | 'revisionId', string> & { comparedWith: string | null },
  ) => ask<null>('/decide', decision),
  release: (release: { request: string; revisionId: string; hash: string; values: VariableValues; reason: string }) =>
    ask<null>('/release', release),
}
