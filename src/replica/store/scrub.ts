import { z } from 'zod'
import type { Db } from '#storage/open-database.ts'
import { CLEAR_TOKEN, holdsClearToken } from './clear-token.ts'

const Scopes = z.array(z.string())
const ONLY_THE_FILE = '1'

/** What is still to be taken out: of which scopes older copies of the file may hold something. */
export type ScrubDue = { scopes: string[] }

/** What was asked for and not yet done, or null. */
export function scrubDue(db: Db): ScrubDue | null {
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'scrub' AND value <> ''").get()
  if (!row) return null
  return { scopes: row.value === ONLY_THE_FILE ? [] : Scopes.parse(JSON.parse(row.value)) }
}

/** Notes that these scopes were purged, within the transaction that does it. */
export function askForScrub(db: Db, scopes: readonly string[]): void {
  const value = JSON.stringify([...new Set([...(scrubDue(db)?.scopes ?? []), ...scopes])])
  db.prepare("INSERT INTO meta (key, value) VALUES ('scrub', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(value)
}

/**
 * Notes that something was taken out of the file alone, within the transaction that does it: what another log of the hub had
 * said. Copies keep it, since they may be the last to hold it.
 */
export function askForFileScrub(db: Db): void {
  db.prepare(
    "INSERT INTO meta (key, value) VALUES ('scrub', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value = ''",
  ).run(ONLY_THE_FILE)
}

/** Copies of the file are rid of these scopes: only the file itself is left. False when others were purged meanwhile. */
export function copiesAreScrubbed(db: Db, { scopes }: ScrubDue): boolean {
  if (scopes.length === 0) return scrubDue(db)?.scopes.length === 0
  return db.prepare("UPDATE meta SET value = ? WHERE key = 'scrub' AND value = ?").run(ONLY_THE_FILE, JSON.stringify(scopes)).changes === 1
}

/** Whether a replica holds anything of these scopes, or what is left of any after a purge. */
export function holdsScopes(db: Db, scopes: readonly string[]): boolean {
  // A copy of an older version has not all of them.
  const there = new Set(db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all())
  const found = ['record', 'entity', 'cursor', 'outbox', 'label', 'tally', 'import_run', 'set_aside']
    .filter((table) => there.has(table))
    .map((table) => db.prepare(`SELECT 1 FROM ${table} WHERE scope = ? LIMIT 1`))
  if (scopes.includes(CLEAR_TOKEN) && holdsClearToken(db)) return true
  return scrubDue(db) !== null || scopes.some((scope) => found.some((one) => one.get(scope) !== undefined))
}

const MERGE_PAGES = 64

/**
 * The quick part: joins the search index a bounded number of pages at a time, so that words of deleted rows leave it, and
 * empties the write-ahead log. With `secure_delete`, what was deleted is overwritten by then but for scraps that lie between
 * the rows of pages which were once divided.
 * @returns whether there is more to join
 */
export function joinSearchStep(db: Db, first: boolean): boolean {
  const changes = db.prepare<[], { made: number }>('SELECT total_changes() AS made')
  const before = changes.get()?.made ?? 0
  // A negative number begins to join everything; a positive one goes on with it (SQLite, FTS5, 6.8).
  db.prepare("INSERT INTO search (search, rank) VALUES ('merge', ?)").run(first ? -MERGE_PAGES : MERGE_PAGES)
  return (changes.get()?.made ?? 0) - before >= 2
}

/** @returns false when a reader is in the way */
export function emptyWriteAheadLog(db: Db): boolean {
  const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return done?.busy === 0
}

const WAIT_MS = 300

/**
 * The thorough part: writes the file anew without anything that was deleted. Nobody else can write meanwhile. Does nothing when
 * nothing was asked for.
 * @returns false when another process was in the way, or something was purged meanwhile: try again later
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
