import type { Kysely } from 'kysely'
import type { HubTables } from '../database/hub-tables.ts'
import type { HubKey } from '../signing/hub-key.ts'

/** The text with the hub's ID and team name that the hub signs. */
export function sealText(hubId: string, teamName: string): string {
  return JSON.stringify(['stormroom-hub-1', hubId, teamName])
}

/** Signs the hub's name: when it is set, and when it has no signature yet. @param anew replaces an existing signature */
export async function sealHub(db: Kysely<HubTables>, key: HubKey, hubId: string, teamName: string, anew: boolean): Promise<void> {
  const value = key.sign(sealText(hubId, teamName))
  await db
    .insertInto('meta')
    .values({ key: 'seal', value })
    .onConflict((conflict) => (anew ? conflict.column('key').doUpdateSet({ value }) : conflict.column('key').doNothing()))
    .execute()
}
