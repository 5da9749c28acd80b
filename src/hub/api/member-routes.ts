import { z } from 'zod'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { MemberRole, type MemberState } from '#domain/members/member.ts'
import { PROBLEMS, type ApiApp, type ApiParts } from './api-parts.ts'

const Member = z.object({ id: z.uuid(), name: z.string(), role: MemberRole, department: z.string().nullable(), layer: z.string(), owner: z.boolean(), vendor: z.string().nullable(), active: z.boolean() })

/** Members: who is in the team. */
export function memberRoutes(app: ApiApp, { read }: ApiParts): void {
  app.get(
    '/members',
    { config: { tokenScope: 'members:read' }, schema: { operationId: 'listMembers', tags: ['members'], response: { 200: z.object({ members: z.array(Member) }), ...PROBLEMS } } },
    async () => {
      const members = await read.ofKind<MemberState>('member', TEAM_SCOPE)
      return {
        members: members
          .toSorted((a, b) => a.state.joinedAt - b.state.joinedAt)
          .map(({ id, state: { name, role, department, layer, owner, vendor, status } }) => ({ id, name, role, department, layer, owner, vendor: vendor?.company ?? null, active: status === 'active' })),
      }
    },
  )
}
