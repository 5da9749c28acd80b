import type { Meta } from '../database/hub-meta.ts'
import { whyUnreadable, type Unreadable } from '../log/unreadable.ts'
import { HubKeyLocked, type HubSigning } from './hub-signing.ts'

/**
 * Opens the hub's own key, made at the first start. One that cannot be read signs nothing any more: it is set aside, and the
 * hub serves with another, which devices that knew the old one will not take for it.
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
