import { z } from 'zod'
import type { Db } from '#storage/open-database.ts'
import { CLEAR_TOKEN, holdsClearToken } from './clear-token.ts'

const Scopes = z.array(z.string())
const ONLY_THE_FILE = '1'

/** A scrub to be done: the scopes that older copies of the file may still contain. */
export type ScrubDue = { scopes: string[] }

/** The scrub that was requested and not done yet, or null. */
export function scrubDue(db: Db): ScrubDue | null {
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'scrub' AND value <> ''").get()
  if (!row) return null
  return { scopes: row.value === ONLY_THE_FILE ? [] : Scopes.parse(JSON.parse(row.value)) }
}

/** Notes that these scopes were purged, within the transaction that purges them. */
export function askForScrub(db: Db, scopes: readonly string[]): void {
  const value = JSON.stringify([...new Set([...(scrubDue(db)?.scopes ?? []), ...scopes])])
  db.prepare("INSERT INTO meta (key, value) VALUES ('scrub', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(value)
}

/**
 * Notes that content was deleted from the file only, within the transaction that does it: content of another log of the hub.
 * Copies keep it, since they may be the last to hold it.
 */
export function askForFileScrub(db: Db): void {
  db.prepare(
    "INSERT INTO meta (key, value) VALUES ('scrub', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value = ''",
  ).run(ONLY_THE_FILE)
}

/** Notes that copies are rid of these scopes; only the file itself remains. Returns false if other scopes were purged meanwhile. */
export function copiesAreScrubbed(db: Db, { scopes }: ScrubDue): boolean {
  if (scopes.length === 0) return scrubDue(db)?.scopes.length === 0
  return db.prepare("UPDATE meta SET value = ? WHERE key = 'scrub' AND value = ?").run(ONLY_THE_FILE, JSON.stringify(scopes)).changes === 1
}

/** Whether a replica contains anything of these scopes, or remains of any purged scope. */
export function holdsScopes(db: Db, scopes: readonly string[]): boolean {
  // A copy of an older version lacks some of the tables.
  const there = new Set(db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all())
  const found = ['record', 'entity', 'cursor', 'outbox', 'label', 'tally', 'import_run', 'set_aside']
    .filter((table) => there.has(table))
    .map((table) => db.prepare(`SELECT 1 FROM ${table} WHERE scope = ? LIMIT 1`))
  if (scopes.includes(CLEAR_TOKEN) && holdsClearToken(db)) return true
  return scrubDue(db) !== null || scopes.some((scope) => found.some((one) => one.get(scope) !== undefined))
}

const MERGE_PAGES = 64

/**
 * The quick part: merges the search index a bounded number of pages at a time, so that words of deleted rows leave it, and
 * empties the write-ahead log. With `secure_delete`, deleted content is overwritten by then, except for fragments between the
 * rows of pages that were once split.
 * @returns whether there is more to merge
 */
export function joinSearchStep(db: Db, first: boolean): boolean {
  const changes = db.prepare<[], { made: number }>('SELECT total_changes() AS made')
  const before = changes.get()?.made ?? 0
  // A negative number starts merging everything; a positive one continues (SQLite, FTS5, 6.8).
  db.prepare("INSERT INTO search (search, rank) VALUES ('merge', ?)").run(first ? -MERGE_PAGES : MERGE_PAGES)
  return (changes.get()?.made ?? 0) - before >= 2
}

/** @returns false if a reader prevents it */
export function emptyWriteAheadLog(db: Db): boolean {
  const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return done?.busy === 0
}

const WAIT_MS = 300

/**
 * The thorough part: rewrites the file without anything that was deleted. Other writers are locked out meanwhile. Does nothing
 * if no scrub was requested.
 * @returns false if another process prevented it, or something was purged meanwhile: try again later
 */
export function scrubFile(db: Db): boolean {
  const due = scrubDue(db)
  if (!due) return true
  const wait = Number(db.pragma('busy_timeout', { simple: true }))
  try {
    db.pragma(`busy_timeout = ${WAIT_MS}`)
    db.pragma('secure_delete = ON')
    if (!copiesAreScrubbed(db, due)) return false
    db.exec("INSERT INTO search (search) VALUES ('optimize')")
    db.exec('VACUUM')
    if (!emptyWriteAheadLog(db)) return false
    return db.prepare("DELETE FROM meta WHERE key = 'scrub' AND value = ?").run(ONLY_THE_FILE).changes === 1
  } catch {
    return false
  } finally {
    db.pragma(`busy_timeout = ${wait}`)
  }
}
