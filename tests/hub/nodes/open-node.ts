import { onTestFinished } from 'vitest'
import { openPostgresHub } from '#hub/open-postgres-hub.ts'
import type { Hub } from '#hub/open-hub.ts'
import pg from 'pg'

/** Shorter than the hub's own limits, so that tests do not wait as long as a team would. Milliseconds. */
export const SHORT = {
  connectionTimeoutMillis: 2000,
  lock_timeout: 200,
  idle_in_transaction_session_timeout: 400,
  statement_timeout: 4000,
  query_timeout: 2000,
}

/** Only against hangs: a test that is not about the limits must not depend on how busy the machine is. */
export const PATIENT = {
  connectionTimeoutMillis: 60_000,
  lock_timeout: 60_000,
  idle_in_transaction_session_timeout: 60_000,
  statement_timeout: 60_000,
  query_timeout: 60_000,
}

/** A node of a hub, with the limits that a team has, or with others for a test. */
export async function openNode(url: string, limits?: typeof SHORT, now: () => number = () => 0, followClock = false): Promise<Hub> {
  const opened = await openPostgresHub(
    { url, connections: 4, onConnectionLost: () => undefined, ...(limits ? { limits } : {}) },
    now,
    followClock,
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.trouble))
  onTestFinished(() => opened.hub.close())
  return opened.hub
}

/** Another client with an open transaction in the same database, until it is released or the test ends. */
export async function holdRows(url: string, statement: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  let held = true
  const letGo = async () => {
    if (!held) return
    held = false
    await client.end()
  }
  onTestFinished(letGo)
  await client.query('BEGIN')
  await client.query(statement)
  return letGo
}
