import { join } from 'node:path'
import { HUB_KEY_FILE } from '#hub/hub-config.ts'
import type { Hub } from '#hub/open-hub.ts'

/**
 * Unlocks the hub in an app's own data folder with the key file beside the database. Both are moved to another machine together,
 * or the app could not continue there; each of the app's backups contains both too.
 * @throws if the key is not the hub's; it must not serve then, or devices would not recognize it
 */
export async function unlockStandaloneHub(hub: Hub, dataFolder: string): Promise<void> {
  const trouble = await hub.signing.unlock(join(dataFolder, HUB_KEY_FILE))
  if (trouble)
    throw new Error(
      `The key of this folder's hub cannot be used (${trouble.why}): put back the file ${trouble.file} ${trouble.detail}`.trimEnd(),
    )
}
