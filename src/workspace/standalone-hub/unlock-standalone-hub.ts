import { join } from 'node:path'
import { HUB_KEY_FILE } from '#hub/hub-config.ts'
import type { Hub } from '#hub/open-hub.ts'

/**
 * Takes the key file of the hub in an app's own data folder, where it lies beside the database: whoever takes the folder to
 * another machine takes both, or the app could not go on there; so does each of the app's backups.
 * @throws when the key is not the hub's; it must not serve, or devices would not know it any more
 */
export async function unlockStandaloneHub(hub: Hub, dataFolder: string): Promise<void> {
  const trouble = await hub.signing.unlock(join(dataFolder, HUB_KEY_FILE))
  if (trouble)
    throw new Error(
      `The key of this folder's hub cannot be used (${trouble.why}): put back the file ${trouble.file} ${trouble.detail}`.trimEnd(),
    )
}
