import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { restoreMasked } from '#domain/privacy/restore-masked.ts'
import type { Replica } from '#replica/open-replica.ts'
import type { Draft } from '#replica/store/replica-store.ts'
import type { ApiHandlers, CallName } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { members } from './members.ts'

type Handlers = Pick<ApiHandlers, CallName & `members.${string}`>

/** What the handlers need of the workspace. */
export type MemberParts = {
  /** The open replica, or why nothing can be written to it. */
  replica(): Result<Replica>
  /** Called after something was written. */
  written(): void
}

/** Changes of members and their roles from this device. The domain decides; nothing is decided here. */
export function memberHandlers(parts: MemberParts): Handlers {
  function write(memberId: string, drafts: (replica: Replica) => Draft[]): Result<MemberView> {
    const open = parts.replica()
    if (!open.ok) return open
    const restored = restoreMasked(drafts(open.value), MEMBER.read(open.value.store, memberId)?.state)
    if (!restored) return fail('mask-unclear')
    const written = open.value.store.commit(restored.value)
    if (!written.ok) return written
    parts.written()
    const member = members(open.value).find((one) => one.id === memberId)
    return member ? done(member) : fail('not-found')
  }

  const op = (id: string, type: string, body: Record<string, unknown>): Draft => ({ scope: TEAM_SCOPE, kind: 'member', id, type, body })

  /** An owner other than this one who stays. */
  const otherOwner = (replica: Replica, memberId: string) =>
    members(replica).find((one) => one.owner && one.status === 'active' && one.id !== memberId)?.id

  return {
    'members.change': ({ memberId, ...change }) => {
      const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      if (Object.keys(said).length === 0) return fail('nothing-changes')
      return write(memberId, () => [op(memberId, 'member.change', said)])
    },
    'members.revoke': ({ memberId, reason }) =>
      write(memberId, (replica) => {
        const remaining = otherOwner(replica, memberId)
        return [op(memberId, 'member.revoke', { reason, ...(remaining === undefined ? {} : { remaining }) })]
      }),
    'members.restore': ({ memberId }) => write(memberId, () => [op(memberId, 'member.restore', {})]),
    'members.passOwnership': ({ memberId, stepDown }) =>
      write(memberId, (replica) => {
        const own = replica.store.meta.read('memberId')
        return [
          op(memberId, 'member.pass-ownership', {}),
          ...(stepDown && own !== null ? [op(own, 'member.step-down', { remaining: memberId })] : []),
        ]
      }),
  }
}
