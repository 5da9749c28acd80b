import type { ExpressionBuilder } from 'kysely'
import { AGENTS_AT_MOST, type AgentPassword, type AgentsAdded, type NewAgent } from '#contract/agents-api.ts'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { readTexts } from '../database/read-texts.ts'
import type { AgentDb, AgentRecord, AgentTables } from './agent-tables.ts'
import { isFreed } from './number-claims.ts'

/** Why an agent has no access. */
export type AgentEnd = 'revoked' | 'period-over'

export type Agent = {
  id: string
  number: string
  name: string
  vendor: string | null
  groups: readonly string[]
  linkId: string | null
  /** Whether the number was taken from the agent for others. */
  freed: boolean
  createdAt: number
  seenAt: number | null
  seenChange: number
  endedAt: number | null
  /** Why access ended at `endedAt`; null while there is access. */
  end: AgentEnd | null
  /** When access ends by itself: the end of the vendor's link. */
  endsAt: number | null
}

type LinkEnd = { link_expires_at: number | null; link_ended_at: number | null }
type Row = AgentRecord & LinkEnd

/** Letters and digits of first passwords: none that are mistaken for another on paper. */
const PASSWORD_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const PASSWORD_LENGTH = 12

/** A first password of 60 random bits, in groups of four, as it is printed and typed. */
export function firstPassword(random: (bytes: number) => Uint8Array): string {
  const letters = [...random(PASSWORD_LENGTH)].map((byte) => PASSWORD_LETTERS[byte % PASSWORD_LETTERS.length])
  return letters.join('').replaceAll(/(.{4})(?=.)/gu, '$1-')
}

/** The form of a number that decides whether two are the same: full-width and upper-case letters are no difference. */
export const numberKey = (number: string) => number.normalize('NFKC').trim().toLowerCase()

function endOf(row: Row, now: number): Pick<Agent, 'endedAt' | 'end'> {
  const revokedAt = row.ended_at ?? row.link_ended_at
  if (revokedAt !== null) return { endedAt: revokedAt, end: 'revoked' }
  const over = row.link_expires_at !== null && row.link_expires_at <= now
  return over ? { endedAt: row.link_expires_at, end: 'period-over' } : { endedAt: null, end: null }
}

export function agentOf(row: Row, now: number): Agent {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    vendor: row.vendor,
    groups: readTexts(row.groups),
    linkId: row.link_id,
    freed: isFreed(row.number_key),
    createdAt: row.created_at,
    seenAt: row.seen_at,
    seenChange: row.seen_change,
    ...endOf(row, now),
    endsAt: row.link_expires_at,
  }
}

/** Agents with the end of their vendor's link. */
export const agentsWithEnd = (db: AgentDb) =>
  db
    .selectFrom('agent')
    .leftJoin('agent_link', 'agent_link.id', 'agent.link_id')
    .selectAll('agent')
    .select(({ ref }: ExpressionBuilder<AgentTables & { agent_link: AgentTables['agent_link'] | null }, 'agent' | 'agent_link'>) => [
      ref('agent_link.expires_at').as('link_expires_at'),
      ref('agent_link.ended_at').as('link_ended_at'),
    ])

/**
 * Counts agents, those whose access has ended as well; by a link, those whose number was freed take no seat.
 * @param linkId only those who joined by this link
 */
export async function countAgents(db: AgentDb, linkId?: string): Promise<number> {
  const all = db.selectFrom('agent').select(({ fn }) => fn.countAll<number | string>().as('count'))
  const { count } = await (
    linkId === undefined ? all : all.where('link_id', '=', linkId).where('number_key', 'not like', ' %')
  ).executeTakeFirstOrThrow()
  return Number(count)
}

/** The accounts of agents. Numbers are unique over all agents, also those whose access has ended. */
export function createRoster(db: AgentDb, edge: HubAccountEdge, passwords: Passwords) {
  const byId = async (id: string): Promise<Agent | null> => {
    const row = await agentsWithEnd(db).where('agent.id', '=', id).executeTakeFirst()
    return row ? agentOf(row, edge.now()) : null
  }

  return {
    byId,
    async all(): Promise<Agent[]> {
      const now = edge.now()
      const rows = await agentsWithEnd(db).orderBy('agent.number_key').execute()
      return rows.map((row) => agentOf(row, now))
    },

    /** Those of these agents as they are now. */
    async these(ids: readonly string[]): Promise<Agent[]> {
      const now = edge.now()
      const found: Agent[] = []
      for (let from = 0; from < ids.length; from += 500) {
        const rows = await agentsWithEnd(db)
          .where('agent.id', 'in', ids.slice(from, from + 500))
          .execute()
        found.push(...rows.map((row) => agentOf(row, now)))
      }
      return found
    },

    /**
     * Adds accounts, each with a first password. An agent that cannot be added does not hinder the others.
     * @param isGroup whether a group exists
     */
    async add(list: readonly NewAgent[], isGroup: (id: string) => boolean): Promise<AgentsAdded> {
      const keys = list.map(({ number }) => numberKey(number))
      const taken = new Set(
        (await db.selectFrom('agent').select('number_key').where('number_key', 'in', keys).execute()).map((row) => row.number_key),
      )
      let places = AGENTS_AT_MOST - (await countAgents(db))
      const answer: AgentsAdded = { added: [], refused: [] }
      const named = new Set<string>()
      for (const { number, name, vendor, groups } of list) {
        const key = numberKey(number)
        const why = taken.has(key)
          ? 'number-taken'
          : named.has(key)
            ? 'number-twice'
            : !groups.every(isGroup)
              ? 'group-unknown'
              : places <= 0
                ? 'too-many'
                : null
        named.add(key)
        if (why !== null) {
          answer.refused.push({ number, why })
          continue
        }
        places -= 1
        const [id, password] = [edge.uuid(), firstPassword(edge.random)]
        const stored = await db
          .insertInto('agent')
          .values({
            id,
            number,
            number_key: key,
            name,
            password: await passwords.hash(password),
            groups: JSON.stringify(groups),
            vendor,
            link_id: null,
            created_at: edge.now(),
            seen_at: null,
            ended_at: null,
            seen_change: 0,
          })
          .onConflict((conflict) => conflict.column('number_key').doNothing())
          .returning('id')
          .executeTakeFirst()
        if (stored) answer.added.push({ id, number, name, password })
        else answer.refused.push({ number, why: 'number-taken' })
      }
      return answer
    },

    /** Fields that are absent stay. @returns null when there is no such agent */
    async change(
      id: string,
      change: { name?: string | undefined; groups?: readonly string[] | undefined; vendor?: string | null | undefined },
    ) {
      const values = {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.groups === undefined ? {} : { groups: JSON.stringify(change.groups) }),
        ...(change.vendor === undefined ? {} : { vendor: change.vendor }),
      }
      if (Object.keys(values).length > 0) await db.updateTable('agent').set(values).where('id', '=', id).execute()
      return byId(id)
    },

    /** Ends access with all sessions, or gives it back. @returns null when there is no such agent, or one without a number to come back to */
    async end(id: string, ended: boolean): Promise<Agent | null> {
      const now = edge.now()
      if (!ended && (await byId(id))?.freed !== false) return null
      const open = ended ? db.updateTable('agent').where('ended_at', 'is', null) : db.updateTable('agent')
      await open
        .set({ ended_at: ended ? now : null })
        .where('id', '=', id)
        .execute()
      if (ended)
        await db.updateTable('agent_session').set({ ended_at: now }).where('agent_id', '=', id).where('ended_at', 'is', null).execute()
      return byId(id)
    },

    /** @returns null when there is no such agent, or one who joined by a link and has no password */
    async resetPassword(id: string): Promise<AgentPassword | null> {
      const agent = await byId(id)
      if (agent?.linkId !== null) return null
      const password = firstPassword(edge.random)
      const hashed = await passwords.hash(password)
      await db.transaction().execute(async (within) => {
        await within.updateTable('agent').set({ password: hashed }).where('id', '=', id).execute()
        await within
          .updateTable('agent_session')
          .set({ ended_at: edge.now() })
          .where('agent_id', '=', id)
          .where('ended_at', 'is', null)
          .execute()
      })
      return { id, number: agent.number, name: agent.name, password }
    },

    /** Notes that these agents are here. */
    async noteSeen(ids: readonly string[]): Promise<void> {
      for (let from = 0; from < ids.length; from += 500)
        await db
          .updateTable('agent')
          .set({ seen_at: edge.now() })
          .where('id', 'in', ids.slice(from, from + 500))
          .execute()
    },
  }
}

export type Roster = ReturnType<typeof createRoster>
