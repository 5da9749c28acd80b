import { BULLETIN, BULLETIN_PLAN } from '#domain/bulletins/bulletin-entity.ts'
import { isForAgents, itemsForAgents, type BulletinState } from '#domain/bulletins/bulletin.ts'
import type { ReadKind } from '#domain/define-entity.ts'
import type { Entity } from '#domain/log/entity.ts'

/** Bulletins of an incident that consoles show. */
export const BULLETINS_SHOWN = 24
/** Bulletins never change; the last read ones are kept. */
const KEPT_BULLETINS = 5000

type AgentItem = ReturnType<typeof itemsForAgents>[number]

/** A bulletin as it went out; what agents see of it depends on their groups. */
export type IssuedBulletin = {
  id: string
  incidentId: string
  number: number
  at: number
  items: readonly { item: AgentItem; revisionId: string }[]
}

/** Reads one entity; undefined if it is not there or cannot be read. */
type ReadEntity = <State>(kind: ReadKind<State>, id: string) => Promise<Entity<State> | undefined>

function issued(id: string, incidentId: string, state: BulletinState): IssuedBulletin {
  const items = itemsForAgents(state).map((item, index) => ({ item, revisionId: state.items[index]?.revisionId ?? '' }))
  return { id, incidentId, number: state.number, at: state.issuedAt, items }
}

/** Reads the bulletins of incidents, each once: every bulletin names the one before it. */
export function createBulletinReading(read: ReadEntity) {
  const known = new Map<string, { previousId: string | null; shown: IssuedBulletin | null }>()

  async function bulletin(id: string, incidentId: string) {
    const kept = known.get(id)
    if (kept) return kept
    const state = (await read(BULLETIN, id))?.state
    if (!state) return undefined
    if (known.size >= KEPT_BULLETINS) known.clear()
    const found = { previousId: state.previousId, shown: isForAgents(state) ? issued(id, incidentId, state) : null }
    known.set(id, found)
    return found
  }

  /** The last bulletins of an incident for agents, oldest first. */
  return async function bulletinsOf(incidentId: string): Promise<IssuedBulletin[]> {
    const shown: IssuedBulletin[] = []
    let next = (await read(BULLETIN_PLAN, incidentId))?.state.lastId ?? null
    while (next !== null && shown.length < BULLETINS_SHOWN) {
      const found = await bulletin(next, incidentId)
      if (found?.shown) shown.unshift(found.shown)
      next = found?.previousId ?? null
    }
    return shown
  }
}
