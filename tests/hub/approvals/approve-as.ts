import { randomUUID } from 'node:crypto'
import { APPROVE_API, type ApproveDecision, type WaitingRow, type WaitingText } from '#contract/approval-wire.ts'
import type { Result } from '#contract/failures.ts'
import { PASSWORD, revisionId } from './approval-hub.ts'

/** What every text of the test hub is filled with. */
const VALUES = { hotline: '400-800-1234' }

/** A browser on the page for approving: it keeps the cookie, and says where its requests come from. */
export function openApprovePage(base: string) {
  let cookie: string | null = null

  async function ask<Value>(path: string, body?: unknown, headers: Record<string, string> = { origin: base }) {
    const response = await fetch(base + APPROVE_API + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === null ? {} : { cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const given = response.headers.get('set-cookie')
    if (given !== null) cookie = given.includes('Max-Age=0') ? null : (given.split(';')[0] ?? null)
    return { status: response.status, given, headers: response.headers, result: (await response.json()) as Result<Value> }
  }

  const valueOf = async <Value>(path: string): Promise<Value> => {
    const { result } = await ask<Value>(path)
    if (!result.ok) throw new Error(`${path}: ${JSON.stringify(result.failure)}`)
    return result.value
  }

  return {
    ask,
    cookie: () => cookie,
    setCookie: (value: string | null) => {
      cookie = value
    },
    signIn: (login: string, password = PASSWORD) => ask('/sign-in', { login, password, device: '手机审批' }),
    waiting: () => valueOf<WaitingRow[]>('/waiting'),
    text: (number: number) => valueOf<WaitingText>(`/waiting/${revisionId(number)}`),
    decide: (number: number, hash: string, as: ApproveDecision['as'], more: Partial<Record<keyof ApproveDecision, unknown>> = {}) =>
      ask('/decide', {
        request: randomUUID(),
        revisionId: revisionId(number),
        hash,
        values: VALUES,
        verdict: 'approve',
        as,
        comparedWith: null,
        note: '',
        comments: [],
        ...more,
      }),
    release: (number: number, hash: string, reason: string) =>
      ask('/release', { request: randomUUID(), revisionId: revisionId(number), hash, values: VALUES, reason }),
  }
}
