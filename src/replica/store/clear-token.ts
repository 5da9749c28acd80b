import { isSealed } from '#storage/sealed-value.ts'
import type { Db } from '#storage/open-database.ts'

/**
 * Stands among the scopes that copies of a replica are rid of: what older versions kept in the clear, the token that lets this
 * device into its hub. A copy does without; the replica that it once replaces hands its own on.
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

/** Whether a replica holds a token that is not sealed. */
export function holdsClearToken(db: Db): boolean {
  const token = joinedOf(db)?.['token']
  return typeof token === 'string' && token !== '' && !isSealed(token)
}

/** Takes an unsealed token out of a copy of the replica. */
export function dropClearToken(db: Db): void {
  if (holdsClearToken(db)) db.prepare("UPDATE meta SET value = ? WHERE key = 'joined'").run(JSON.stringify({ ...joinedOf(db), token: '' }))
}
