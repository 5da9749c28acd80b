import { setTimeout as wait } from 'node:timers/promises'
import type { PostgresPool } from 'kysely'
import pg from 'pg'
import { UnfitDatabase } from './database-failure.ts'
import { findWrongSetting, type PostgresTrouble } from './postgres-settings.ts'

/**
 * Time limits, milliseconds. A stalled node must not hold the scopes of others, and a server that does not answer must not block
 * this node: what times out is answered as not saved, and sent again.
 */
export type PostgresLimits = {
  connectionTimeoutMillis: number
  lock_timeout: number
  idle_in_transaction_session_timeout: number
  statement_timeout: number
  query_timeout: number
}

const LIMITS: PostgresLimits = {
  connectionTimeoutMillis: 3000,
  /** Others take over a scope after its holder has been idle for one second, the limit below. */
  lock_timeout: 1500,
  idle_in_transaction_session_timeout: 1000,
  statement_timeout: 3000,
  /** Longer than the server's own limits: it applies when the server does not enforce those. */
  query_timeout: 4000,
}

/** Timeout for closing a connection, milliseconds. */
const GOODBYE_MS = 1000

const INT8 = 20

/** Parses int8 as a number: sequence numbers, times and sums all stay below 2^53. */
function typeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === INT8) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

export type PoolOptions = {
  /** One address for each server; the first that takes writes is used. */
  urls: readonly string[]
  connections: number
  /** Null for work without time limits, such as schema updates. Defaults to limits suited to a team. */
  limits?: PostgresLimits | null | undefined
  onConnectionLost(error: Error): void
}

/** The options of every connection of a node. */
export const clientOptions = (url: string, limits: PostgresLimits | null = LIMITS): pg.ClientConfig => ({
  connectionString: url,
  types: { getTypeParser: typeParser },
  application_name: 'stormroom-hub',
  keepAlive: true,
  ...(limits ?? { connectionTimeoutMillis: LIMITS.connectionTimeoutMillis }),
})

/** Closes a connection without notifying the server, which may not respond. */
function cut(client: pg.PoolClient): void {
  ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
}

/** Closes connections to a server that does not answer or has become a standby. */
function leaveWhenUseless(client: pg.PoolClient): void {
  const ask = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
  const watched = async (...given: unknown[]) => {
    try {
      return await ask(...given)
    } catch (error) {
      const useless = error instanceof Error && (error.message === 'Query read timeout' || ('code' in error && error.code === '25006'))
      if (useless) cut(client)
      throw error
    }
  }
  client.query = watched as typeof client.query
}

/**
 * A pool of connections to the server that takes writes. Each new connection is checked before use: settings under which an
 * acknowledged op could be lost may change while the hub runs.
 */
export function createPostgresPool({
  urls,
  connections,
  limits = LIMITS,
  onConnectionLost,
}: PoolOptions): PostgresPool & { refuse(trouble: PostgresTrouble | null): void } {
  const open = new Set<pg.PoolClient>()
  const servers = urls.map((url) => {
    const pool = new pg.Pool({ ...clientOptions(url, limits), max: connections })
    // The pool handles errors of idle connections only; one that breaks between two statements would end the process.
    pool.on('connect', (client) => {
      open.add(client)
      client.on('error', onConnectionLost)
    })
    pool.on('remove', (client) => open.delete(client))
    pool.on('error', () => undefined)
    return pool
  })
  const fit = new WeakSet<pg.PoolClient>()
  let current = 0
  let refused: PostgresTrouble | null = null

  async function take(server: pg.Pool): Promise<pg.PoolClient> {
    const client = await server.connect()
    if (fit.has(client)) return client
    try {
      leaveWhenUseless(client)
      const trouble = await findWrongSetting(client)
      if (trouble) throw new UnfitDatabase(trouble)
      fit.add(client)
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  return {
    options: {},
    async connect() {
      if (refused) throw new UnfitDatabase(refused)
      let first: unknown = null
      for (let tried = 0, from = current; tried < servers.length; tried++) {
        const at = (from + tried) % servers.length
        const server = servers[at]
        if (!server) break
        try {
          const client = await take(server)
          current = at
          return client
        } catch (error) {
          first ??= error
        }
      }
      throw first
    },
    /** Hands out no connections while the database settings are unsafe. */
    refuse(trouble) {
      refused = trouble
    },
    async end() {
      const ended = Promise.all(servers.map((server) => server.end()))
      await Promise.race([ended, wait(GOODBYE_MS, undefined, { ref: false })])
      for (const client of open) cut(client)
      await ended
    },
  }
}
