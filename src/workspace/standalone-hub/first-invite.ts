import { completePosition } from '#domain/members/member.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { writeInviteCode } from '#hub/accounts/invite-code.ts'
import type { RunningHub } from '#hub/run-hub.ts'

/** The installer of the hub uses the invite at once; a printed secret should not stay valid for long. Hours. */
const FOUNDER_HOURS = 24

/**
 * The invite of the first member, who founds the team and owns it; null once there is a member. Invites of earlier starts are
 * revoked, since nobody can read them again; nodes of one hub print the same invite, as none knows what the others printed.
 */
export async function firstInvite({
  team,
  addresses,
  fingerprint,
}: Pick<RunningHub, 'team' | 'addresses' | 'fingerprint'>): Promise<{ code: string; expiresAt: number } | null> {
  if ((await team.hub.log.headOf(TEAM_SCOPE)) !== null) return null
  const { hubId, name } = team.about()
  const place = completePosition({ role: 'commander' })
  const { row, secret } = (await team.sharedInvite(place, FOUNDER_HOURS)) ?? (await freshInvite())
  return {
    code: writeInviteCode({ a: [...addresses], n: name, s: secret, ...(fingerprint === null ? {} : { f: fingerprint }) }),
    expiresAt: row.expires_at,
  }

  async function freshInvite() {
    for (const { id, used_at: usedAt, withdrawn_at: withdrawnAt } of await team.accounts.invites.list())
      if (usedAt === null && withdrawnAt === null) await team.accounts.invites.withdraw(id)
    return team.accounts.invites.make(place, '', FOUNDER_HOURS, hubId)
  }
}
