import { z } from 'zod'
import { Uuid } from '#domain/log/ids.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { MemberRole } from '#domain/members/member.ts'
import { PROBLEMS, shown, Unreadable, type ApiApp, type ApiParts } from './api-parts.ts'

const Member = z.object({
  id: Uuid,
  name: z.string(),
  role: MemberRole,
  department: z.string().nullable(),
  layer: z.string(),
  owner: z.boolean(),
  vendor: z.string().nullable(),
  active: z.boolean(),
})

/** Routes for members: list. */
export function memberRoutes(app: ApiApp, { read }: ApiParts): void {
  app.get(
    '/members',
    {
      config: { tokenScope: 'members:read' },
      schema: {
        operationId: 'listMembers',
        tags: ['members'],
        response: { 200: z.object({ members: z.array(Member), unreadable: Unreadable }), ...PROBLEMS },
      },
    },
    async () => {
      const { found, unreadable: missing } = await read.ofKind(MEMBER, TEAM_SCOPE)
      const { shown: members, unreadable } = shown(
        Member,
        found.toSorted((a, b) => a.state.joinedAt - b.state.joinedAt),
        ({ id, state: { name, role, department, layer, owner, vendor, status } }) => ({
          id: id as Uuid,
          name,
          role,
          department,
          layer,
          owner,
          vendor: vendor?.company ?? null,
          active: status === 'active',
        }),
        missing,
      )
      return { members, unreadable }
    },
  )
}
