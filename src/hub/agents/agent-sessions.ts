import { HOUR } from '#domain/durations.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { sql } from 'kysely'
import type { HubAccountEdge } from '../accounts/account-edge.ts'
import type { FailedAttempts } from '../accounts/failed-attempts.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { hashSecret, newSecret } from '../accounts/secrets.ts'
import { engineOf } from '../database/hub-database.ts'
import type { AgentDb } from './agent-tables.ts'
import { agentOf, agentsWithEnd, numberKey, type Agent, type AgentEnd } from './roster.ts'
import type { VendorPlaces } from './vendor-places.ts'

/** A session lasts for a shift and some overtime: consoles run on shared computers. */
export const SESSION_MS = 16 * HOUR
/** Open sessions of one agent; a further one ends the oldest. */
const SESSIONS_OF_AGENT = 4

export type AgentSession = { id: string; agent: Agent; expiresAt: number }
/** A session that was asked for; `ended`: it was one, and why it is none any more. */
export type FoundSession = { ok: true; session: AgentSession } | { ok: false; ended: AgentEnd | 'signed-out' | null }

/** A new session, and the ids of those that ended for it. */
type Opened = { secret: string; ended: ReadonlySet<string> }

type SessionParts = {
  passwords: Passwords
  failures: FailedAttempts
  placeOf: VendorPlaces
  /** Whether a group exists and was not removed. */
  isGroup(id: string): Promise<boolean>
  /** Called after sessions have ended because their agent has begun another. */
  onEnded(ids: ReadonlySet<string>): void
}

/** Signing in and joining of agents, and their sessions. */
export function createAgentSessions(db: AgentDb, edge: HubAccountEdge, { passwords, failures, placeOf, isGroup, onEnded }: SessionParts) {
  /**
   * Opens a session and ends others of its agent.
   * @param most open ones, with this one
   */
  async function open(agentId: string, within: AgentDb, most: number): Promise<Opened> {
    const secret = newSecret(edge.random)
    const now = edge.now()
    const others = await within
      .selectFrom('agent_session')
      .select('id')
      .where('agent_id', '=', agentId)
      .where('ended_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute()
    const tooMany = others.slice(most - 1).map(({ id }) => id)
    if (tooMany.length > 0) await within.updateTable('agent_session').set({ ended_at: now }).where('id', 'in', tooMany).execute()
    await within
      .insertInto('agent_session')
      .values({ id: edge.uuid(), agent_id: agentId, secret_hash: hashSecret(secret), created_at: now, ended_at: null })
      .execute()
    return { secret, ended: new Set(tooMany) }
  }

  /** The secret of a session that was opened, after its transaction. */
  function begun(opened: Result<Opened>): Result<string> {
    if (!opened.ok) return opened
    const { secret, ended } = opened.value
    if (ended.size > 0) onEnded(ended)
    return done(secret)
  }

  /** Why a link lets nobody in, or null. */
  async function linkOf(secret: string) {
    const row = await db.selectFrom('agent_link').selectAll().where('secret_hash', '=', hashSecret(secret)).executeTakeFirst()
    if (!row) return fail('invite-unknown')
    if (row.ended_at !== null || !(await isGroup(row.group_id))) return fail('invite-withdrawn')
    return row.expires_at <= edge.now() ? fail('invite-expired', { at: row.expires_at }) : done(row)
  }

  /** Counts the attempts under names of their own, apart from those of members. */
  const attemptOf = (name: string, address: string) => failures.begin(`console ${name}`, `console ${address}`)

  return {
    /** @returns the secret of the new session; an unknown number, a wrong password and ended access cannot be told apart */
    async signIn(number: string, password: string, address: string): Promise<Result<string>> {
      const key = numberKey(number)
      const attempt = await attemptOf(key, address)
      if (attempt.until !== null) return fail('locked-out', { until: attempt.until })
      try {
        const row = await agentsWithEnd(db).where('agent.number_key', '=', key).executeTakeFirst()
        const right = await passwords.matches(row?.password ?? null, password)
        if (!row || !right || agentOf(row, edge.now()).end !== null) {
          attempt.failed()
          return fail('sign-in-failed')
        }
        await failures.clear(`console ${key}`, `console ${address}`)
        const opened = await db.transaction().execute(async (within): Promise<Result<Opened>> => {
          // Hashing takes time, in which the password may have been reset, or the access ended.
          const same = await within
            .updateTable('agent')
            .set({ seen_at: edge.now() })
            .where('id', '=', row.id)
            .where('password', '=', row.password)
            .where('ended_at', 'is', null)
            .returning('id')
            .executeTakeFirst()
          return same ? done(await open(row.id, within, SESSIONS_OF_AGENT)) : fail('sign-in-failed')
        })
        return begun(opened)
      } finally {
        await attempt.end()
      }
    },

    /**
     * Joins by a vendor's link. Who comes back proves it by nothing but number and name, so the place is open on one screen only: the one
     * before ends, and says so.
     */
    async join(secret: string, number: string, name: string, address: string): Promise<Result<string>> {
      // By link: who tries secrets that do not exist does not keep the others of an office from joining.
      const attempt = await attemptOf(`join ${hashSecret(secret).slice(0, 16)}`, address)
      if (attempt.until !== null) return fail('locked-out', { until: attempt.until })
      try {
        const found = await linkOf(secret)
        if (!found.ok) {
          // An old link is no guess, however many people of an office still have it.
          if (found.failure.code === 'invite-unknown') attempt.failed()
          return found
        }
        const link = found.value
        const opened = await db.transaction().execute(async (within): Promise<Result<Opened>> => {
          // Seats are counted one joining at a time, at all nodes.
          if (engineOf(db) === 'postgres')
            await sql`select pg_advisory_xact_lock(hashtextextended(${`agent link ${link.id}`}, 0))`.execute(within)
          const place = await placeOf(within, link, { number, name })
          return place.ok ? done(await open(place.value, within, 1)) : place
        })
        return begun(opened)
      } finally {
        await attempt.end()
      }
    },

    async find(secret: string): Promise<FoundSession> {
      const row = await agentsWithEnd(db)
        .innerJoin('agent_session', 'agent_session.agent_id', 'agent.id')
        .select(['agent_session.id as session_id', 'agent_session.created_at as session_at', 'agent_session.ended_at as session_ended_at'])
        .where('agent_session.secret_hash', '=', hashSecret(secret))
        .executeTakeFirst()
      if (!row) return { ok: false, ended: null }
      const agent = agentOf(row, edge.now())
      if (agent.end) return { ok: false, ended: agent.end }
      const expiresAt = row.session_at + SESSION_MS
      if (row.session_ended_at !== null || expiresAt <= edge.now()) return { ok: false, ended: 'signed-out' }
      return { ok: true, session: { id: row.session_id, agent, expiresAt } }
    },

    end: (id: string) =>
      db.updateTable('agent_session').set({ ended_at: edge.now() }).where('id', '=', id).where('ended_at', 'is', null).execute(),

    /** Which of these sessions have ended. */
    async endedAmong(ids: readonly string[]): Promise<Set<string>> {
      const ended = new Set<string>()
      for (let from = 0; from < ids.length; from += 500) {
        const rows = await db
          .selectFrom('agent_session')
          .select('id')
          .where('id', 'in', ids.slice(from, from + 500))
          .where('ended_at', 'is not', null)
          .execute()
        for (const { id } of rows) ended.add(id)
      }
      return ended
    },

    /** Deletes sessions that ended long ago. */
    sweep: () =>
      db
        .deleteFrom('agent_session')
        .where('created_at', '<', edge.now() - 4 * SESSION_MS)
        .execute(),
  }
}

export type AgentSessions = ReturnType<typeof createAgentSessions>
