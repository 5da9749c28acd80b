import type { MemberState } from '#domain/members/member.ts'
import type { LinkRefusal } from '#contract/hub-link.ts'
import type { Accounts } from './accounts.ts'
import { refusalOf, type LinkOwner } from './link-owner.ts'

export type AdmittedSession = { ok: true; owner: Omit<LinkOwner, 'address'> } | { ok: false; reason: LinkRefusal }

/** The owner of a session secret for a link, or why it is refused. A person no longer in the team is signed out everywhere. */
export async function admitSession(
  accounts: Accounts,
  readMember: (memberId: string) => Promise<MemberState | null>,
  token: string,
  now: number,
): Promise<AdmittedSession> {
  const session = await accounts.sessions.find(token)
  if (session === null) return { ok: false, reason: 'session-unknown' }
  const memberId = session === 'revoked' ? await accounts.sessions.memberOf(token) : session.memberId
  const reason = memberId === null ? null : refusalOf(await readMember(memberId), now)
  if (reason !== null && memberId !== null) {
    await accounts.endOfThoseOut([memberId])
    return { ok: false, reason }
  }
  return session === 'revoked' ? { ok: false, reason: 'session-revoked' } : { ok: true, owner: session }
}
