import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { holdsStorableText, UNSTORABLE } from '#domain/log/storable-text.ts'
import { fail, type Result } from '#contract/failures.ts'

const STATUS: Record<string, number> = {
  'bad-input': 400,
  'sign-in-failed': 401,
  'locked-out': 429,
  'invite-unknown': 404,
  'login-taken': 409,
  'not-found': 404,
  'oidc-expired': 410,
  'oidc-provider-down': 503,
}

function send(reply: FastifyReply, result: Result<unknown>): FastifyReply {
  return reply.code(result.ok ? 200 : (STATUS[result.failure.code] ?? 403)).send(result)
}

/** Parses the body of a sign-in request and answers it; the failure code determines the status. */
export function handleAuthRequest<Body>(schema: z.ZodType<Body>, act: (body: Body, request: FastifyRequest) => Promise<Result<unknown>>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!holdsStorableText(request.body)) return send(reply, fail('bad-input', { detail: UNSTORABLE }))
    const body = schema.safeParse(request.body)
    if (!body.success) return send(reply, fail('bad-input', { detail: z.prettifyError(body.error).slice(0, 500) }))
    return send(reply, await act(body.data, request))
  }
}
