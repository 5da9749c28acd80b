import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Files of a team in a data folder: its replica, its files, and the backups with the same data. */
const OF_A_TEAM = /^(replica\.db|hub\.db|joined$|evidence$|uploads$|incoming$|exports$|backups$|set-aside$|hub-)/

/** Deletes all data of a team that was left. The databases must be closed before. */
export function forgetTeam(dataFolder: string): void {
  // The replica is deleted first, and the token with it: what a crash leaves behind then belongs to no member.
  for (const name of readdirSync(dataFolder).toSorted((a, b) => Number(b.startsWith('replica.db')) - Number(a.startsWith('replica.db')))) {
    if (OF_A_TEAM.test(name)) rmSync(join(dataFolder, name), { recursive: true, force: true })
  }
}
