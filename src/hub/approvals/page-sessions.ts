import type { FastifyReply, FastifyRequest } from 'fastify'
import { HOUR } from '#domain/durations.ts'
import { APPROVE_PATH } from '#contract/approval-wire.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { refusalOf } from '../accounts/link-owner.ts'
import type { SignedIn } from '../accounts/accounts.ts'
import type { HubCore } from '../core/hub-core.ts'
import { cookieOf, setCookie } from '../core/page-requests.ts'

const COOKIE = 'stormroom_approve'
/** A phone is lent and lost: a session of the page ends after this time. Milliseconds. */
const SESSION_MS = 12 * HOUR

export type PageOwner = { memberId: string; sessionId: string }
type Core = Pick<HubCore, 'accounts' | 'key' | 'now' | 'readMember'>

/** Sessions of the page in a cookie. They are in the member's list of sessions and end like those of devices. */
export function createPageSessions({ accounts, key, now, readMember }: Core) {
  // The stored form of a secret depends on the hub's key: what a cookie holds opens no link.
  const stored = (secret: string) => `${key.secretFor('approval page')} ${secret}`
  const clear = (request: FastifyRequest, reply: FastifyReply) =>
    setCookie(request, reply, { name: COOKIE, value: '', path: APPROVE_PATH, seconds: 0 })

  return {
    /** Turns a new sign-in into a session of the page. */
    async begin(request: FastifyRequest, reply: FastifyReply, { sessionId, token }: SignedIn): Promise<void> {
      const before = cookieOf(request, COOKIE)
      const old = before === null ? null : await accounts.sessions.find(stored(before))
      if (old !== null && old !== 'revoked') await accounts.sessions.revoke({ id: old.sessionId })
      await accounts.sessions.bind(sessionId, stored(token))
      setCookie(request, reply, { name: COOKIE, value: token, path: APPROVE_PATH, seconds: SESSION_MS / 1000 })
    },

    /** The member of a request; `session-unknown` without a valid session, and the cookie is deleted. */
    async find(request: FastifyRequest, reply: FastifyReply): Promise<Result<PageOwner>> {
      const secret = cookieOf(request, COOKIE)
      const session = secret === null ? null : await accounts.sessions.find(stored(secret))
      const over = () => {
        if (secret !== null) clear(request, reply)
        return fail('session-unknown')
      }
      if (session === null || session === 'revoked') return over()
      const row = await accounts.sessions.byId(session.sessionId)
      if (!row || now() - row.created_at >= SESSION_MS) {
        await accounts.sessions.revoke({ id: session.sessionId })
        return over()
      }
      const { memberId, sessionId } = session
      if (refusalOf(await readMember(memberId), now()) === null) return done({ memberId, sessionId })
      await accounts.endOfThoseOut([memberId])
      return over()
    },

    async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const secret = cookieOf(request, COOKIE)
      const session = secret === null ? null : await accounts.sessions.find(stored(secret))
      if (session !== null && session !== 'revoked') await accounts.sessions.revoke({ id: session.sessionId })
      clear(request, reply)
    },
  }
}

export type PageSessions = ReturnType<typeof createPageSessions>
