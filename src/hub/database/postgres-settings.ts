import type { ClientBase } from 'pg'

/** Why a PostgreSQL database cannot be used by the hub. */
export type PostgresTrouble =
  | { kind: 'unreachable'; detail: string }
  /** A setting under which an acknowledged op could be lost, or text could be changed. */
  | { kind: 'not-durable'; setting: string; value: string }
  | { kind: 'read-only'; detail: string }
  | { kind: 'newer-version'; found: number; supported: number }
  /** The hub's table names are used by another program. Nothing was changed. */
  | { kind: 'foreign'; detail: string }

/** Settings that ensure that a confirmed commit is on disk (D3) and that every text of an op can be stored. */
const NEEDED: readonly [setting: string, mayBe: readonly string[]][] = [
  ['fsync', ['on']],
  ['full_page_writes', ['on']],
  ['synchronous_commit', ['on', 'local', 'remote_write', 'remote_apply']],
  ['server_encoding', ['UTF8']],
]

/** Columns that report a connection's durability settings, for {@link wrongAmong}. */
export const SETTINGS = [
  ...NEEDED.map(([setting]) => `current_setting('${setting}') as ${setting}`),
  'pg_is_in_recovery() as standby',
  `current_setting('transaction_read_only') as read_only`,
].join(', ')

/** What is wrong with the settings that a statement returned. */
export function wrongAmong(found: Record<string, unknown>): PostgresTrouble | null {
  for (const [setting, mayBe] of NEEDED) {
    const value = String(found[setting])
    if (!mayBe.includes(value)) return { kind: 'not-durable', setting, value }
  }
  if (found['standby'] === true) return { kind: 'read-only', detail: 'a standby server' }
  return found['read_only'] === 'on' ? { kind: 'read-only', detail: 'default_transaction_read_only' } : null
}

/** What is wrong with the server of a connection. */
export async function findWrongSetting(client: ClientBase): Promise<PostgresTrouble | null> {
  const { rows } = await client.query<Record<string, unknown>>(`select ${SETTINGS}`)
  return wrongAmong(rows[0] ?? {})
}
