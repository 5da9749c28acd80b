import type { AgentLinkRow } from '#contract/agents-api.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import { hashSecret, newSecret } from '../accounts/secrets.ts'
import type { AgentDb, LinkRecord } from './agent-tables.ts'
import { countAgents } from './roster.ts'

type NewLink = Pick<AgentLinkRow, 'label' | 'groupId' | 'vendor' | 'seats' | 'expiresAt'>

/** Links by which a vendor's agents join: each has seats, an end, and a secret that is stored only as a hash. */
export function createVendorLinks(db: AgentDb, edge: HubAccountEdge) {
  const view = async (row: LinkRecord): Promise<AgentLinkRow> => ({
    id: row.id,
    label: row.label,
    groupId: row.group_id,
    vendor: row.vendor,
    seats: row.seats,
    taken: await countAgents(db, row.id),
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
  })

  return {
    list: async () => Promise.all((await db.selectFrom('agent_link').selectAll().orderBy('created_at').orderBy('id').execute()).map(view)),

    /** @returns the link and its secret, which is not stored */
    async make({ label, groupId, vendor, seats, expiresAt }: NewLink, createdBy: string): Promise<{ row: AgentLinkRow; secret: string }> {
      const secret = newSecret(edge.random)
      const row: LinkRecord = {
        id: edge.uuid(),
        secret_hash: hashSecret(secret),
        label,
        group_id: groupId,
        vendor,
        seats,
        created_by: createdBy,
        created_at: edge.now(),
        expires_at: expiresAt,
        ended_at: null,
      }
      await db.insertInto('agent_link').values(row).execute()
      return { row: await view(row), secret }
    },

    /** Ends a link, and so the access of everybody who joined by it. @returns null when there is no such link */
    async end(id: string): Promise<AgentLinkRow | null> {
      await db.updateTable('agent_link').set({ ended_at: edge.now() }).where('id', '=', id).where('ended_at', 'is', null).execute()
      const row = await db.selectFrom('agent_link').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? view(row) : null
    },
  }
}

export type VendorLinks = ReturnType<typeof createVendorLinks>
