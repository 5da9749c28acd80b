import { randomUUID } from 'node:crypto'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Result } from '#contract/failures.ts'
import { Uuid } from '#domain/log/ids.ts'
import { Mention } from '#domain/notices/notice.ts'
import type { TokenScope } from '#contract/team-api.ts'
import type { ApiHub } from './api-hub.ts'
import { fingerprintOf } from './idempotency-keys.ts'
import { Problem, PROBLEM_TYPE, problemOf, statusOf } from './problem.ts'
import type { ReadModel } from './read-model.ts'
import type { TokenOwner } from './tokens.ts'
import { idsFrom, type Ids } from './write-ops.ts'

export type ApiApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The token scope that this route requires; omitted when none is needed. */
    tokenScope?: TokenScope
    /** False for answers that are public by purpose; all others are masked. */
    masked?: false
  }
  interface FastifyRequest {
    tokenOwner: TokenOwner | null
  }
}

/** Shared by all routes. */
export type ApiParts = {
  hub: ApiHub
  read: ReadModel
  /** The owner of the request's token; every route has one except the API description. */
  ownerOf(request: FastifyRequest): TokenOwner
}

export const IdempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same request with the same key within 24 hours is done once and answered alike'),
})

export const IncidentParams = z.object({ incidentId: Uuid })

/** Members mentioned in a text, as chosen by its author. */
export const NamedMembers = z
  .array(Mention.extend({ memberId: Uuid }))
  .max(50)
  .describe('members named in the text with @ and this name; they are told')

export const Unreadable = z.int().describe('how many more there are that the hub cannot read; its log says which')

/** The items of a list that match the response schema, and how many do not. One unexpected row must not make the others unreadable. */
export function shown<Item, View>(
  schema: z.ZodType<View>,
  items: readonly Item[],
  viewOf: (item: Item) => View,
  unreadable: number,
): { shown: View[]; unreadable: number } {
  const views = items.flatMap((item) => {
    try {
      const view = schema.safeParse(viewOf(item))
      return view.success ? [view.data] : []
    } catch {
      return []
    }
  })
  return { shown: views, unreadable: unreadable + items.length - views.length }
}

const problem = { description: 'Problem details (RFC 9457)', content: { [PROBLEM_TYPE]: { schema: Problem } } }
export const PROBLEMS = { '4xx': problem, '5xx': problem }

/** A stored answer; null when the row is unreadable: the request then runs again, and the log recognizes its ops by their IDs. */
function keptBody(json: string): { body: unknown } | null {
  try {
    return { body: JSON.parse(json) }
  } catch {
    return null
  }
}

/** Runs a write request once for each idempotency key, and answers it. */
export async function writeOnce<Value extends object>(
  { hub, ownerOf }: ApiParts,
  request: FastifyRequest,
  act: (ids: Ids) => Promise<Result<Value>>,
): Promise<{ status: number; body: unknown }> {
  const { tokenId } = ownerOf(request)
  const key = request.headers['idempotency-key']
  const run = async (seed: string) => {
    const result = await act(idsFrom(seed))
    return result.ok ? { status: 201, body: result.value } : { status: statusOf(result.failure.code), body: problemOf(result.failure) }
  }
  if (typeof key !== 'string') return run(randomUUID())
  const fingerprint = fingerprintOf(request.method, request.url, request.body)
  const begun = await hub.idempotencyKeys.begin(tokenId, key, fingerprint)
  if (!begun.ok) return { status: statusOf(begun.failure.code), body: problemOf(begun.failure) }
  const kept = begun.value && keptBody(begun.value.body)
  if (begun.value && kept) return { status: begun.value.status, body: kept.body }
  try {
    const answer = await run(JSON.stringify([hub.about().hubId, tokenId, key, fingerprint]))
    await hub.idempotencyKeys.keep(tokenId, key, { status: answer.status, body: JSON.stringify(answer.body) })
    return answer
  } catch (error) {
    await hub.idempotencyKeys.forget(tokenId, key).catch(() => null)
    throw error
  }
}

/** Sends the result of {@link writeOnce}: the written data, or a problem. */
export function sendWritten(reply: Pick<FastifyReply, 'code' | 'type'>, { status, body }: { status: number; body: unknown }): FastifyReply {
  reply.type(status < 400 ? 'application/json' : PROBLEM_TYPE)
  return reply.code(status).send(body)
}
