import type { Meta } from '../database/hub-meta.ts'
import { whyUnreadable, type Unreadable } from '../database/unreadable.ts'
import { HubKeyLocked, type HubSigning } from './hub-signing.ts'

/**
 * Opens the hub's signing key, which is created at the first start. An unreadable key is set aside, and the hub serves with a new
 * one; devices that know the old key will not accept it.
 * @throws HubKeyLocked when it is sealed under another key file
 */
export async function openHubKey(meta: Meta, signing: HubSigning, setAside: (row: Unreadable) => Promise<void>) {
  const kept = await meta.ensure('privateKey', signing.make)
  try {
    return signing.open(kept)
  } catch (error) {
    if (error instanceof HubKeyLocked) throw error
    await setAside({ place: 'meta', name: 'privateKey', why: whyUnreadable(error), kept })
    const fresh = signing.make()
    await meta.write('privateKey', fresh)
    return signing.open(fresh)
  }
}
