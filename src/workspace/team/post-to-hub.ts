import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { z } from 'zod'
import { FailureCode, fail, type Result } from '#contract/failures.ts'
import { isSafeHubAddress } from '#contract/hub-address.ts'
import { fetchCertificate, pinnedTls } from '#replica/link/pinned-agent.ts'
import type { HubAddress } from '#replica/link/socket-wire.ts'
import { LinkRefused } from '#contract/hub-link.ts'

/** Answers before sign-in are small; a longer one is not from our hub. Bytes. */
const ANSWER_LIMIT = 64 * 1024
const ANSWER_MS = 20_000

const Answer = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    failure: z.object({ code: FailureCode, params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  }),
])

function exchange(address: HubAddress, path: string, body: unknown): Promise<string> {
  const url = new URL(path, address.url)
  const request = url.protocol === 'https:' ? tlsRequest : plainRequest
  const text = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: text === undefined ? 'GET' : 'POST',
        timeout: ANSWER_MS,
        headers: text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        ...(address.pinned ? pinnedTls(address.pinned.pem, address.pinned.fingerprint) : {}),
      },
      (response) => {
        let received = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => {
          received += piece
          if (received.length > ANSWER_LIMIT) response.destroy(new Error('The answer is too long'))
        })
        response.on('end', () => resolve(received))
        response.on('error', reject)
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('Nobody answers')))
    sent.on('error', reject)
    sent.end(text)
  })
}

/**
 * Posts a request to a hub without a session: what the hub is, what an invite is for, to sign in.
 * @returns the hub's own result, or `hub-unreachable`, `not-a-hub`
 */
export async function postToHub<Schema extends z.ZodType>(
  address: HubAddress,
  path: string,
  body: unknown,
  value: Schema,
): Promise<Result<z.output<Schema>>> {
  if (!isSafeHubAddress(address.url, address.pinned !== null)) return fail('hub-not-secure', { address: address.url })
  let text: string
  try {
    text = await exchange(address, path, body)
  } catch (error) {
    return fail('hub-unreachable', { address: address.url, detail: error instanceof Error ? error.message : '' })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return fail('not-a-hub', { address: address.url })
  }
  const answer = Answer.safeParse(json)
  if (!answer.success) return fail('not-a-hub', { address: address.url })
  if (!answer.data.ok) return { ok: false, failure: answer.data.failure }
  const parsed = value.safeParse(answer.data.value)
  return parsed.success ? { ok: true, value: parsed.data } : fail('not-a-hub', { address: address.url })
}

/** A typed address as an origin: `https` by default, without a path. Null if it is none. */
export function readHubAddress(text: string): string | null {
  const trimmed = text.trim()
  try {
    const url = new URL(/^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`)
    return url.hostname === '' || url.username !== '' ? null : url.origin
  } catch {
    return null
  }
}

/** An address with the hub's certificate fetched and compared, if the invite names its fingerprint. */
export async function pinAddress(url: string, fingerprint: string | null): Promise<Result<HubAddress>> {
  if (!isSafeHubAddress(url, fingerprint !== null)) return fail('hub-not-secure', { address: url })
  if (fingerprint === null) return { ok: true, value: { url, pinned: null } }
  try {
    return { ok: true, value: { url, pinned: { pem: await fetchCertificate(new URL(url), fingerprint), fingerprint } } }
  } catch (error) {
    if (error instanceof LinkRefused) return fail('hub-certificate-differs', { address: url })
    return fail('hub-unreachable', { address: url, detail: error instanceof Error ? error.message : '' })
  }
}
