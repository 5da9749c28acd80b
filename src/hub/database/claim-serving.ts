import Database from 'better-sqlite3'
import { sqliteCode } from '#storage/open-database.ts'

/** Held by the one process that serves a team from a database file. */
export type ServingClaim = { release(): void }

/**
 * Claims a hub's file for serving. Two processes that served sessions from one file would each announce only their own commits. The
 * claim is an operating system lock on a file beside it, so it ends with the process even after a crash.
 * @param file the hub's database file
 * @returns the claim, or null while another process, or another hub of this process, holds it
 */
export function claimServing(file: string): ServingClaim | null {
  const lock = new Database(`${file}.serving`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (sqliteCode(error) === 'SQLITE_BUSY') return null
    throw error
  }
  return { release: () => void lock.close() }
}
