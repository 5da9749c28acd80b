import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { HUB_PROTOCOL, OLDEST_PROTOCOL } from '#contract/hub-wire.ts'
import { DeviceName, Login, Password } from '#contract/team-api.ts'
import { Uuid } from '#domain/log/ids.ts'
import { MemberName } from '#domain/members/member.ts'
import { handleAuthRequest } from './handle-auth-request.ts'
import type { ServedHub } from './served-hub.ts'

export const PeekBody = z.strictObject({ secret: z.string().min(20).max(100) })
export const JoinBody = z.strictObject({
  secret: z.string().min(20).max(100),
  name: MemberName,
  login: Login,
  password: Password,
  device: DeviceName,
  formerId: Uuid.optional(),
})
export const SignInBody = z.strictObject({ login: Login, password: z.string().max(200), device: DeviceName })

/** Requests of one address per minute, of any kind: password hashing is expensive. */
const DOOR_LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } }

/** Routes for people who are not signed in yet. */
export async function authRoutes(app: FastifyInstance, hub: ServedHub): Promise<void> {
  app.get('/hub', () => {
    const { hubId, name, version, signInWith } = hub.about()
    return { ok: true, value: { hubId, name, version, signInWith, protocol: { newest: HUB_PROTOCOL, oldest: OLDEST_PROTOCOL } } }
  })

  app.post(
    '/auth/peek',
    { config: DOOR_LIMIT },
    handleAuthRequest(PeekBody, async ({ secret }) => {
      const found = await hub.accounts.peek(secret)
      if (!found.ok) return found
      const { row, place } = found.value
      return {
        ok: true,
        value: {
          kind: row.kind,
          role: place.role,
          expiresAt: row.expires_at,
          teamName: hub.about().name,
          memberId: row.kind === 'reset' ? row.member_id : null,
        },
      }
    }),
  )

  app.post(
    '/auth/join',
    { config: DOOR_LIMIT },
    handleAuthRequest(JoinBody, async ({ secret, ...who }) => {
      const result = await hub.accounts.useInvite(secret, who)
      if (!result.ok) return result
      // A new password ends the sessions of the old one at once.
      await hub.endRevokedSessions()
      await hub.access.note(result.value.memberId, 'joined', result.value.memberId, who.device)
      return { ok: true, value: { ...result.value, hubId: hub.about().hubId, teamName: hub.about().name } }
    }),
  )

  app.post(
    '/auth/sign-in',
    { config: DOOR_LIMIT },
    handleAuthRequest(SignInBody, async ({ login, password, device }, request) => {
      const result = await hub.accounts.signIn(login, password, device, request.ip)
      // The attempted login is not logged: it may be a password typed into the wrong field.
      await hub.access.note(
        result.ok ? result.value.memberId : null,
        result.ok ? 'signed-in' : 'sign-in-refused',
        result.ok ? result.value.memberId : result.failure.code,
        device,
      )
      if (!result.ok) return result
      return { ok: true, value: { ...result.value, hubId: hub.about().hubId, teamName: hub.about().name } }
    }),
  )
  await Promise.resolve()
}
