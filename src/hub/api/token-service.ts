import { MEMBER } from '#domain/members/member-entity.ts'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { Admission } from '#domain/members/admission.ts'
import type { MemberPosition, MemberState } from '#domain/members/member.ts'
import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import type { HandlersOf } from '#contract/procedure.ts'
import type { TeamApi } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'
import { looksAfterTeam } from '../team/team-service.ts'
import { tokenView, type Tokens } from './tokens.ts'

export type TokenCore = {
  tokens: Tokens
  access: AccessLog
  readMember(memberId: string): Promise<MemberState | null>
  submit(ops: readonly string[], memberId: string, admission: Admission): Promise<LogRecord[]>
  now(): number
  uuid(): string
}

/**
 * The place of a service token's member: internal, without department, in the execution layer. By the matrix it declares, records
 * and creates tasks like any colleague, and never commands, restricts, lends authority or sets rules.
 */
export const SERVICE_PLACE = { role: 'technical', department: null, layer: 'execution' } as const satisfies MemberPosition

function refusalOf(records: readonly LogRecord[]): Failure | null {
  const outcome = records[0]?.outcome
  return outcome?.kind === 'rejected' ? { code: outcome.code, params: outcome.params } : null
}

/** Creating and revoking tokens: members manage their own, and those who manage the team manage service tokens. */
export function tokenService(
  core: TokenCore,
  owner: LinkOwner,
): Pick<HandlersOf<TeamApi>, 'team.tokens' | 'team.createToken' | 'team.revokeToken'> {
  const me = owner.memberId
  const memberOp = (memberId: string, type: string, body: object) =>
    JSON.stringify({
      opId: core.uuid(),
      scope: TEAM_SCOPE,
      replicaId: core.uuid(),
      counter: 1,
      entity: { kind: MEMBER.kind, id: memberId },
      type,
      version: 1,
      body,
      hlc: tickHlc(HLC_START, core.now()),
      baseSeq: 0,
    })

  async function makeMember(name: string): Promise<Result<string>> {
    const memberId = core.uuid()
    const joined = await core.submit([memberOp(memberId, 'member.join', { name: name.slice(0, 40), ...SERVICE_PLACE })], memberId, {
      kind: 'invited',
      ...SERVICE_PLACE,
    })
    const refusal = refusalOf(joined)
    return refusal ? { ok: false, failure: refusal } : done(memberId)
  }

  return {
    'team.tokens': async () => done((await core.tokens.list(looksAfterTeam(await core.readMember(me)) ? null : me)).map(tokenView)),

    'team.createToken': async ({ name, kind, scopes, days }) => {
      const member = await core.readMember(me)
      if (!member || member.vendor !== null || (kind === 'service' && !looksAfterTeam(member)))
        return fail('not-permitted', { action: 'team.manage', roles: kind === 'service' ? 'owner,commander' : 'house' })
      const actsAs = kind === 'personal' ? done(me) : await makeMember(name)
      if (!actsAs.ok) return actsAs
      const { row, secret } = await core.tokens.make({ name, kind, memberId: actsAs.value, scopes, days, createdBy: me })
      await core.access.note(me, 'token-made', row.id, owner.device)
      return done({ ...tokenView(row), secret })
    },

    'team.revokeToken': async ({ id }) => {
      const row = await core.tokens.byId(id)
      if (!row) return fail('not-found')
      const [maker, asking] = [await core.readMember(row.created_by), await core.readMember(me)]
      // An owner's personal token may be revoked only by its creator or another owner.
      const isOwners = row.kind === 'personal' && maker?.owner === true && asking?.owner !== true
      if (row.created_by !== me && (isOwners || !looksAfterTeam(asking)))
        return fail('not-permitted', { action: 'team.manage', roles: 'author,owner,commander' })
      if (await core.tokens.revoke(id)) await core.access.note(me, 'token-revoked', id, owner.device)
      // The outcome is ignored: the token is revoked, and its member has no other way to sign in.
      if (row.kind === 'service')
        await core.submit([memberOp(row.member_id, 'member.revoke', { reason: '令牌已撤销 · token revoked' })], me, null)
      return done(null)
    },
  }
}
