import { openReadOnly } from './open-database.ts'

export type IntegrityReport = { ok: boolean; detail: string | null }

/**
 * Runs SQLite's own check of a whole file.
 * @param thorough `integrity_check` (also compares indexes with tables) instead of `quick_check`
 */
export function checkIntegrity(file: string, thorough: boolean): IntegrityReport {
  const opened = openReadOnly(file)
  if (!opened.ok) return { ok: false, detail: opened.trouble.detail }
  try {
    const rows = opened.db.pragma(thorough ? 'integrity_check(20)' : 'quick_check(20)') as Record<string, unknown>[]
    const lines = rows.map((row) => String(Object.values(row)[0]))
    return lines.length === 1 && lines[0] === 'ok' ? { ok: true, detail: null } : { ok: false, detail: lines.join('\n') }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  } finally {
    opened.db.close()
  }
}
