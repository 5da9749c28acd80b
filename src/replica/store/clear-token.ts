import { isSealed } from '#storage/sealed-value.ts'
import type { Db } from '#storage/open-database.ts'

/**
 * Pseudo-scope in the list of scopes that copies of a replica are scrubbed of: the unsealed session token that older versions
 * stored. A copy does not need it; when a copy is restored, the replica that it replaces passes on its own token.
 */
export const CLEAR_TOKEN = 'clear-token'

function joinedOf(db: Db): Record<string, unknown> | null {
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'joined'").get()
  try {
    const parsed = JSON.parse(row?.value ?? 'null') as unknown
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Whether a replica holds an unsealed token. */
export function holdsClearToken(db: Db): boolean {
  const token = joinedOf(db)?.['token']
  return typeof token === 'string' && token !== '' && !isSealed(token)
}

/** Deletes an unsealed token from a copy of the replica. */
export function dropClearToken(db: Db): void {
  if (holdsClearToken(db)) db.prepare("UPDATE meta SET value = ? WHERE key = 'joined'").run(JSON.stringify({ ...joinedOf(db), token: '' }))
}
