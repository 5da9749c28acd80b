import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { done, fail, type Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import { DeviceName } from '#contract/team-api.ts'
import { Uuid } from '#domain/log/ids.ts'
import { MemberName } from '#domain/members/member.ts'
import { handleAuthRequest } from './handle-auth-request.ts'
import { CONFIRM_PATH, AUTH_PAGE_POLICY, authPage, languageOf, type AuthPage } from '../oidc/auth-page.ts'
import { CALLBACK_PATH } from '../oidc/oidc-settings.ts'
import type { ServedHub } from './served-hub.ts'

export const OidcBeginBody = z.strictObject({
  /** Of an invite; without it, the request is a sign-in. */
  secret: z.string().min(20).max(100).optional(),
  /** The name of a new member. */
  name: MemberName.optional(),
  formerId: Uuid.optional(),
  device: DeviceName,
  language: z.enum(['zh-Hans', 'en']),
})
export const OidcTicketBody = z.strictObject({ ticket: Uuid, pollSecret: z.string().min(20).max(100) })
const ConfirmForm = z.strictObject({ ticket: Uuid, page: z.string().min(20).max(100), answer: z.enum(['yes', 'no']) })

const BEGIN_LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } }
/** A device polls every second or two, and a whole office may share one address. */
const OUTCOME_LIMIT = { rateLimit: { max: 600, timeWindow: '1 minute' } }
const PAGE_LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } }

const FORM_LIMIT = 4096

const STATUS: Record<AuthPage['kind'], number> = {
  confirm: 200,
  done: 200,
  declined: 200,
  refused: 403,
  expired: 410,
  used: 410,
  unknown: 404,
}

function sendPage(reply: FastifyReply, page: AuthPage, language: Language): FastifyReply {
  return reply
    .code(STATUS[page.kind])
    .header('content-security-policy', AUTH_PAGE_POLICY)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(authPage(page, language))
}

/** Routes for sign-in by company accounts: the device's three calls, and the two pages of the person's browser. */
export async function oidcRoutes(app: FastifyInstance, hub: ServedHub): Promise<void> {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_LIMIT }, (_request, body, parsed) => {
    parsed(null, Object.fromEntries(new URLSearchParams(String(body))))
  })

  app.post(
    '/auth/oidc/begin',
    { config: BEGIN_LIMIT },
    handleAuthRequest(OidcBeginBody, async ({ secret, name = '', formerId, ...who }, request) => {
      const { oidc } = hub
      if (!oidc) return fail('oidc-not-offered')
      const beginner = { ...who, address: request.ip }
      return secret === undefined ? oidc.beginSignIn(beginner) : oidc.beginJoin(secret, { ...beginner, name, formerId })
    }),
  )

  app.post(
    '/auth/oidc/result',
    { config: OUTCOME_LIMIT },
    handleAuthRequest(OidcTicketBody, async ({ ticket, pollSecret }): Promise<Result<unknown>> => {
      const outcome = await (hub.oidc?.outcome(ticket, pollSecret) ?? fail('oidc-not-offered'))
      if (!outcome.ok) return outcome
      if (outcome.value === 'waiting') return done({ state: 'waiting' })
      // A reset code has revoked the member's other sessions.
      await hub.endRevokedSessions()
      return done({ state: 'entered', ...outcome.value, hubId: hub.about().hubId, teamName: hub.about().name })
    }),
  )

  app.post(
    '/auth/oidc/cancel',
    { config: OUTCOME_LIMIT },
    handleAuthRequest(OidcTicketBody, async ({ ticket, pollSecret }) => {
      await hub.oidc?.cancel(ticket, pollSecret)
      return done(null)
    }),
  )

  app.get(CALLBACK_PATH, { config: PAGE_LIMIT }, async (request, reply) => {
    const accepted = languageOf(request.headers['accept-language'])
    const came = await hub.oidc?.comeBack(request.url.split('?', 2)[1] ?? '')
    return sendPage(reply, came?.page ?? { kind: 'unknown' }, came?.language ?? accepted)
  })

  app.post(CONFIRM_PATH, { config: PAGE_LIMIT }, async (request, reply) => {
    const accepted = languageOf(request.headers['accept-language'])
    const form = ConfirmForm.safeParse(request.body)
    const confirmed = form.success ? await hub.oidc?.confirm(form.data.ticket, form.data.page, form.data.answer === 'yes') : undefined
    return sendPage(reply, confirmed?.page ?? { kind: 'unknown' }, confirmed?.language ?? accepted)
  })
  await Promise.resolve()
}
