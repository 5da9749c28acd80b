import type { ClientBase } from 'pg'

/** Why a PostgreSQL database cannot serve as the hub's. */
export type PostgresTrouble =
  | { kind: 'unreachable'; detail: string }
  /** A setting under which an acknowledged op could be lost, or a text come back as another. */
  | { kind: 'not-durable'; setting: string; value: string }
  | { kind: 'read-only'; detail: string }
  | { kind: 'newer-version'; found: number; supported: number }
  /** Tables of another program stand where the hub's would. Nothing was changed. */
  | { kind: 'foreign'; detail: string }

/** Settings under which a confirmed commit is on disk (D3), and under which every text of an op can be kept. */
const NEEDED: readonly [setting: string, mayBe: readonly string[]][] = [
  ['fsync', ['on']],
  ['full_page_writes', ['on']],
  ['synchronous_commit', ['on', 'local', 'remote_write', 'remote_apply']],
  ['server_encoding', ['UTF8']],
]

/** The columns by which a statement says how its connection keeps what it is given, for {@link wrongAmong}. */
export const SETTINGS = [
  ...NEEDED.map(([setting]) => `current_setting('${setting}') as ${setting}`),
  'pg_is_in_recovery() as standby',
  `current_setting('transaction_read_only') as read_only`,
].join(', ')

/** What is wrong with the settings that a statement brought. */
export function wrongAmong(found: Record<string, unknown>): PostgresTrouble | null {
  for (const [setting, mayBe] of NEEDED) {
    const value = String(found[setting])
    if (!mayBe.includes(value)) return { kind: 'not-durable', setting, value }
  }
  if (found['standby'] === true) return { kind: 'read-only', detail: 'a standby server' }
  return found['read_only'] === 'on' ? { kind: 'read-only', detail: 'default_transaction_read_only' } : null
}

/** What is wrong with the server at the other end of a connection. */
export async function findWrongSetting(client: ClientBase): Promise<PostgresTrouble | null> {
  const { rows } = await client.query<Record<string, unknown>>(`select ${SETTINGS}`)
  return wrongAmong(rows[0] ?? {})
}
