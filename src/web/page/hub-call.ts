import { z } from 'zod'
import { FailureCode, fail, type Result } from '#contract/failures.ts'

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    failure: z.object({ code: FailureCode, params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  }),
])

/** Sends a body as JSON to a route of the hub, relative to the page. Only a network failure is `disconnected`. */
export async function postToHub(path: string, body: unknown): Promise<Result<unknown>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return await readAnswer(response)
  } catch {
    return fail('disconnected')
  }
}

/** The answer of the hub; anything else, such as a proxy's error page, means that the hub was not reached. */
export async function readAnswer(response: Response): Promise<Result<unknown>> {
  const read = Answer.safeParse(await response.json().catch(() => null))
  if (!read.success) return fail(response.status === 429 ? 'too-many-requests' : 'disconnected')
  return read.data.ok ? { ok: true, value: read.data.value } : { ok: false, failure: read.data.failure }
}
