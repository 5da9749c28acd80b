import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What a team left in a data folder: its replica, its files, and the backups that hold the same. */
const OF_A_TEAM = /^(replica\.db|hub\.db|joined$|evidence$|uploads$|incoming$|exports$|backups$|set-aside$|hub-)/

/** Forgets everything of a team that was left. Databases are closed before. */
export function forgetTeam(dataFolder: string): void {
  // The replica goes first: with it goes the token, and what is left behind by a crash belongs to nobody.
  for (const name of readdirSync(dataFolder).toSorted((a, b) => Number(b.startsWith('replica.db')) - Number(a.startsWith('replica.db')))) {
    if (OF_A_TEAM.test(name)) rmSync(join(dataFolder, name), { recursive: true, force: true })
  }
}
