import type { MemberState } from '#domain/members/member.ts'
import { done, fail } from '#contract/failures.ts'
import type { HandlersOf } from '#contract/procedure.ts'
import type { TeamApi } from '#contract/team-api.ts'
import type { AccessLog } from '../accounts/access-log.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'
import { looksAfterTeam } from '../team/team-service.ts'
import { WEBHOOK_EVENTS } from '#domain/webhooks/webhook-events.ts'
import type { Webhooks } from './webhooks.ts'

/** Management of webhooks, for members who manage the team. */
export function webhookService(
  core: { webhooks: Webhooks; access: AccessLog; readMember(memberId: string): Promise<MemberState | null> },
  owner: LinkOwner,
): Pick<HandlersOf<TeamApi>, 'team.webhooks' | 'team.addWebhook' | 'team.removeWebhook'> {
  const me = owner.memberId
  const maySee = async () => looksAfterTeam(await core.readMember(me))
  const refused = () => fail('not-permitted', { action: 'team.manage', roles: 'owner,commander' })
  return {
    'team.webhooks': async () => ((await maySee()) ? done(await core.webhooks.list()) : refused()),

    'team.addWebhook': async ({ url, events }) => {
      if (!(await maySee())) return refused()
      const known: readonly string[] = WEBHOOK_EVENTS
      const unknown = events.find((event) => !known.includes(event))
      if (unknown !== undefined) return fail('bad-input', { detail: `events: ${unknown}` })
      const why = await core.webhooks.refuseUrl(url)
      if (why !== null) return fail('webhook-address', { detail: why })
      const made = await core.webhooks.add(url, events, me)
      await core.access.note(me, 'webhook-made', made.id, owner.device)
      return done(made)
    },

    'team.removeWebhook': async ({ id }) => {
      if (!(await maySee())) return refused()
      if (!(await core.webhooks.remove(id))) return fail('not-found')
      await core.access.note(me, 'webhook-removed', id, owner.device)
      return done(null)
    },
  }
}
