import type { AgentRow } from '#contract/agents-api.ts'
import { DAY } from '#domain/durations.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { AgentDb } from './agent-tables.ts'

type Claim = NonNullable<AgentRow['claim']>

/** A claim that nobody settles is forgotten after this time. */
const KEPT_MS = 30 * DAY
/** No number begins with a space: the key of an agent whose number was freed for others. */
const FREED = ' '

export const isFreed = (key: string) => key.startsWith(FREED)

/** Takes the number from an agent, and so the access. */
export async function freeNumber(db: AgentDb, agentId: string, now: number): Promise<void> {
  await db
    .updateTable('agent')
    .set({ number_key: `${FREED}${agentId}` })
    .where('id', '=', agentId)
    .execute()
  await db.updateTable('agent').set({ ended_at: now }).where('id', '=', agentId).where('ended_at', 'is', null).execute()
  await db.updateTable('agent_session').set({ ended_at: now }).where('agent_id', '=', agentId).where('ended_at', 'is', null).execute()
  await db.deleteFrom('agent_claim').where('agent_id', '=', agentId).execute()
}

/** Numbers that are wanted by somebody else than who has them. Who joined first may have taken a colleague's: the head decides. */
export function createNumberClaims(db: AgentDb, edge: Pick<HubAccountEdge, 'now'>) {
  return {
    /** Notes that somebody with a valid link wants the number of an agent. */
    async note(within: AgentDb, agentId: string, name: string): Promise<void> {
      const at = edge.now()
      await within
        .insertInto('agent_claim')
        .values({ agent_id: agentId, name, at, times: 1 })
        .onConflict((conflict) =>
          conflict.column('agent_id').doUpdateSet(({ eb, ref }) => ({ name, at, times: eb(ref('agent_claim.times'), '+', 1) })),
        )
        .execute()
    },

    /** By agent. */
    async all(): Promise<ReadonlyMap<string, Claim>> {
      const rows = await db.selectFrom('agent_claim').selectAll().execute()
      return new Map(rows.map(({ agent_id: id, name, at, times }) => [id, { name, at, times }]))
    },

    /** Who has the number keeps it. */
    keep: (agentId: string) => db.deleteFrom('agent_claim').where('agent_id', '=', agentId).execute(),

    free: (agentId: string) => db.transaction().execute((within) => freeNumber(within, agentId, edge.now())),

    sweep: () =>
      db
        .deleteFrom('agent_claim')
        .where('at', '<', edge.now() - KEPT_MS)
        .execute(),
  }
}

export type NumberClaims = ReturnType<typeof createNumberClaims>
