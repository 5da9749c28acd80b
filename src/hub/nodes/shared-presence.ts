import type { Kysely } from 'kysely'
import { PresenceFocus } from '#contract/team-api.ts'
import type { NodeTables } from './node-tables.ts'

/** An open link at a node, and what its member looks at. */
export type NodeLink = { memberId: string; device: string; sessionId: string | null; place: PresenceFocus | null; since: number }

/** A node silent for this long is considered dead, milliseconds; it reports every {@link ALIVE_MS}. */
const DEAD_MS = 10_000
export const ALIVE_MS = 3000

/** A stored place; undefined when the row is damaged. */
function placeOf(text: string | null): PresenceFocus | null | undefined {
  if (text === null) return null
  try {
    // A newer node may use places that this version does not know.
    return PresenceFocus.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return undefined
  }
}

export type PresenceEdge = {
  now(): number
  /** Whether a member may be shown now: a contract ends by the clock, while the link is open at its node. */
  stands(memberId: string): Promise<boolean>
  onPublished(): void
}

/** Exchanges the open links between the nodes of a hub. */
export type SharedPresence = {
  /** The links of the other living nodes, of members in standing. */
  read(): Promise<NodeLink[]>
  /** Publishes the links of this node. */
  publish(links: readonly NodeLink[]): Promise<void>
}

export type NodePresence = SharedPresence & {
  /** Reports that this node is alive, deletes nodes long dead, and returns whether others have changed since the last call. */
  beat(): Promise<boolean>
  /** This node stops; its links are closed. */
  leave(): Promise<void>
}

/** The open links of all nodes of a hub. Links of a dead node are not counted, and are deleted later. */
export function createSharedPresence(db: Kysely<NodeTables>, node: string, { now, stands, onPublished }: PresenceEdge): NodePresence {
  const row = () => ({ id: node, seen_at: now() })
  const alive = (within: Kysely<NodeTables> = db) =>
    within
      .insertInto('node')
      .values(row())
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: row().seen_at }))
      .execute()
  let last = ''

  const read = async (): Promise<NodeLink[]> => {
    const rows = await db
      .selectFrom('node_link')
      .innerJoin('node', 'node.id', 'node_link.node')
      .select(['member_id', 'device', 'session_id', 'place', 'since'])
      .where('node.id', '!=', node)
      .where('seen_at', '>', now() - DEAD_MS)
      .orderBy('node_link.node')
      .orderBy('link')
      .execute()
    const standing = new Set<string>()
    for (const memberId of new Set(rows.map((link) => link.member_id))) if (await stands(memberId)) standing.add(memberId)
    return rows.flatMap(({ member_id: memberId, device, session_id: sessionId, place: text, since }) => {
      const place = placeOf(text)
      return place !== undefined && standing.has(memberId) ? [{ memberId, device, sessionId, place, since }] : []
    })
  }

  return {
    read,

    async publish(links) {
      await db.transaction().execute(async (tx) => {
        await alive(tx)
        await tx.deleteFrom('node_link').where('node', '=', node).execute()
        const rows = links.map(({ memberId, device, sessionId, place, since }, index) => ({
          node,
          link: String(index),
          member_id: memberId,
          session_id: sessionId,
          device,
          place: place && JSON.stringify(place),
          since,
        }))
        if (rows.length > 0) await tx.insertInto('node_link').values(rows).execute()
      })
      onPublished()
    },

    async beat() {
      await alive()
      await db
        .deleteFrom('node')
        .where('seen_at', '<', now() - 6 * DEAD_MS)
        .execute()
      const found = JSON.stringify(await read())
      const changed = found !== last
      last = found
      return changed
    },

    async leave() {
      await db.deleteFrom('node').where('id', '=', node).execute()
      onPublished()
    },
  }
}
