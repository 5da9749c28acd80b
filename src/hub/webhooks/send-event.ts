import { createHmac } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { PinnedTarget } from './webhook-address.ts'

const ANSWER_MS = 15_000
const SECRET_MARK = 'whsec_'

/** Encodes a signing key as in Standard Webhooks. */
export function writeHookSecret(key: Uint8Array): string {
  return SECRET_MARK + Buffer.from(key).toString('base64')
}

/**
 * The headers that authenticate an event to its receiver (Standard Webhooks 1.0).
 * @param at seconds since 1970
 */
export function signEvent(secret: string, id: string, at: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice(SECRET_MARK.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` }
}

/** Sends one event to one address. Redirects are not followed; they count as answers. */
export function sendEvent(
  { url, address, family }: PinnedTarget,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number | null; error: string | null }> {
  const lookup: LookupFunction = (_host, options, told) => (options.all ? told(null, [{ address, family }]) : told(null, address, family))
  return new Promise((resolve) => {
    const sent = (url.protocol === 'https:' ? tlsRequest : plainRequest)(
      url,
      {
        method: 'POST',
        lookup,
        agent: false,
        timeout: ANSWER_MS,
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'stormroom', ...headers },
      },
      (response) => {
        // Only the status is used, so the body is discarded.
        response.destroy()
        resolve({ status: response.statusCode ?? null, error: null })
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
    sent.on('error', (error) => resolve({ status: null, error: error.message.slice(0, 200) }))
    sent.end(body)
  })
}
