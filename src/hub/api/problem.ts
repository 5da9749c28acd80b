import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { FailureCode, type Failure } from '#contract/failures.ts'

/** A problem as in RFC 9457, with the failure code and the parameters of its message. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: FailureCode,
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .describe('Problem details (RFC 9457)')
export type Problem = z.infer<typeof Problem>

export const PROBLEM_TYPE = 'application/problem+json'

const STATUS: Partial<Record<FailureCode, number>> = {
  'bad-input': 400,
  malformed: 400,
  'share-out-of-range': 400,
  'token-invalid': 401,
  'token-scope': 403,
  'not-permitted': 403,
  'not-a-member': 403,
  'member-revoked': 403,
  'vendor-not-yet': 403,
  'vendor-period-over': 403,
  'not-found': 404,
  'idempotency-mismatch': 422,
  'too-many-requests': 429,
  internal: 500,
  'not-saved': 503,
}

/** The HTTP status of a failure; failures caused by the current state are conflicts. */
export function statusOf(code: FailureCode): number {
  return STATUS[code] ?? 409
}

export function problemOf({ code, params }: Failure, status = statusOf(code)): Problem {
  return { type: `urn:stormroom:failure:${code}`, title: code.replaceAll('-', ' '), status, code, params }
}

export function sendProblem(reply: FastifyReply, failure: Failure, status?: number): FastifyReply {
  const problem = problemOf(failure, status)
  return reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem)
}
