import { AGENTS_AT_MOST } from '#contract/agents-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { AgentDb, LinkRecord } from './agent-tables.ts'
import { freeNumber, type NumberClaims } from './number-claims.ts'
import { agentOf, agentsWithEnd, countAgents, numberKey } from './roster.ts'

export type Joining = { number: string; name: string }

const noSeat = async (within: AgentDb, link: LinkRecord) => (await countAgents(within, link.id)) >= link.seats

/** The places of those who join by a vendor's link: a number with a name. */
export function createVendorPlaces(edge: HubAccountEdge, claims: Pick<NumberClaims, 'note'>) {
  const placeBy = ({ id, group_id: groupId, vendor }: LinkRecord) => ({ groups: JSON.stringify([groupId]), vendor, link_id: id })

  async function makePlace(within: AgentDb, link: LinkRecord, { number, name }: Joining): Promise<Result<string>> {
    if ((await countAgents(within)) >= AGENTS_AT_MOST || (await noSeat(within, link))) return fail('invite-used')
    const now = edge.now()
    const stored = await within
      .insertInto('agent')
      .values({
        id: edge.uuid(),
        number,
        number_key: numberKey(number),
        name,
        password: null,
        ...placeBy(link),
        created_at: now,
        seen_at: now,
        ended_at: null,
        seen_change: 0,
      })
      .onConflict((conflict) => conflict.column('number_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    return stored ? done(stored.id) : fail('login-taken', { login: number })
  }

  /**
   * The agent who joins. Who joined by this link before, under this number and name, comes back without taking a seat. A link that is over
   * holds no number: its agents come back by another one, and others may take what they do not need any more.
   * A number that somebody else has is refused, and the head is told.
   */
  return async function placeOf(within: AgentDb, link: LinkRecord, who: Joining): Promise<Result<string>> {
    const known = await agentsWithEnd(within).where('agent.number_key', '=', numberKey(who.number)).executeTakeFirst()
    if (!known) return makePlace(within, link, who)
    const isSameName = numberKey(known.name) === numberKey(who.name)
    const { end } = agentOf(known, edge.now())
    if (known.link_id === link.id && isSameName && end === null) return done(known.id)
    const isLeft = known.link_id !== null && known.link_id !== link.id && known.ended_at === null && end !== null
    if (!isLeft) {
      await claims.note(within, known.id, who.name)
      return fail('login-taken', { login: who.number })
    }
    if (await noSeat(within, link)) return fail('invite-used')
    if (isSameName) {
      await within.updateTable('agent').set(placeBy(link)).where('id', '=', known.id).execute()
      return done(known.id)
    }
    await freeNumber(within, known.id, edge.now())
    return makePlace(within, link, who)
  }
}

export type VendorPlaces = ReturnType<typeof createVendorPlaces>
