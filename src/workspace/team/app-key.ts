import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSealingKey, sealingKey } from '#storage/sealed-value.ts'

/** File in a data folder: the desktop app's key, encrypted by the operating system's key store, and its id. */
export const APP_KEY_FILE = 'device.key.kept'

const FORM = 'stormroom-kept-key:1'

/** The operating system's key store: it encrypts for this user of this machine. Both may throw. */
export type KeyStore = { encrypt(text: string): Buffer; decrypt(kept: Buffer): string }

/** The key file of the desktop app in a data folder, see {@link APP_KEY_FILE}; null if there is none. */
export function readAppKeyFile(dataFolder: string): { id: string; kept: Buffer } | null {
  try {
    const [form, id = '', kept = ''] = readFileSync(join(dataFolder, APP_KEY_FILE), 'utf8').trim().split(' ')
    return form === FORM ? { id, kept: Buffer.from(kept, 'base64') } : null
  } catch {
    return null
  }
}

/**
 * The desktop app's key of a data folder, from the operating system's key store. A key that the store cannot decrypt, as when the
 * folder comes from another machine, is replaced by a new one.
 * @returns the key in base64
 * @throws what the store and the file system throw if no key can be kept
 */
export function takeAppKey(dataFolder: string, store: KeyStore): string {
  const found = readAppKeyFile(dataFolder)
  if (found) {
    try {
      const text = store.decrypt(found.kept)
      if (sealingKey(Buffer.from(text, 'base64'))?.id === found.id) return text
    } catch {
      // Another machine's or another user's.
    }
  }
  const key = makeSealingKey()
  const text = key.bytes.toString('base64')
  const file = join(dataFolder, APP_KEY_FILE)
  writeFileSync(`${file}.new`, `${FORM} ${key.id} ${store.encrypt(text).toString('base64')}\n`, { flush: true, mode: 0o600 })
  renameSync(`${file}.new`, file)
  return text
}
