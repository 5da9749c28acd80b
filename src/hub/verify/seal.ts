import type { Kysely } from 'kysely'
import type { HubTables } from '../database/hub-tables.ts'
import type { HubKey } from '../signing/hub-key.ts'

/** The text under the hub's signature of what it is called. */
export function sealText(hubId: string, teamName: string): string {
  return JSON.stringify(['stormroom-hub-1', hubId, teamName])
}

/** Signs what the hub is called, when it is named, and where it has never been signed. @param anew also where it was */
export async function sealHub(db: Kysely<HubTables>, key: HubKey, hubId: string, teamName: string, anew: boolean): Promise<void> {
  const value = key.sign(sealText(hubId, teamName))
  await db
    .insertInto('meta')
    .values({ key: 'seal', value })
    .onConflict((conflict) => (anew ? conflict.column('key').doUpdateSet({ value }) : conflict.column('key').doNothing()))
    .execute()
}
