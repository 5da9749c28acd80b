import type { Kysely } from 'kysely'
import type { TeamView } from '#contract/team-api.ts'
import type { Meta } from '../database/hub-meta.ts'
import type { HubTables } from '../database/hub-tables.ts'
import type { HubKey } from '../signing/hub-key.ts'
import { sealHub } from '../verify/seal.ts'

/** Where a hub is reached, for invites. */
export type Served = Pick<TeamView, 'addresses' | 'fingerprint'>

export type TeamIdentityParts = Omit<TeamView, 'name' | keyof Served> & { db: Kysely<HubTables>; meta: Meta; key: HubKey }

/** The hub as its team sees it: its signed name, and where it is reached. */
export type TeamIdentity = {
  about(): TeamView
  /** Stores and signs another name of the team. */
  setName(name: string): Promise<void>
  setServed(served: Served): void
  /** Whether the hub is served to other devices. */
  isServed(): boolean
}

export async function openTeamIdentity({ db, meta, key, ...fixed }: TeamIdentityParts): Promise<TeamIdentity> {
  let name = (await meta.read('teamName')) ?? ''
  let served: Served = { addresses: [], fingerprint: null }
  await sealHub(db, key, fixed.hubId, name, false)
  return {
    about: () => ({ ...fixed, name, ...served }),
    async setName(next) {
      await meta.write('teamName', next)
      await sealHub(db, key, fixed.hubId, next, true)
      name = next
    },
    setServed(next) {
      served = next
    },
    isServed: () => served.addresses.length > 0,
  }
}
