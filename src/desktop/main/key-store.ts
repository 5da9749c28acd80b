import type { SafeStorage } from 'electron'
import { takeAppKey } from '#workspace/team/app-key.ts'

export type KeyStoreParts = {
  dataFolder: string
  safeStorage: Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'>
  platform: NodeJS.Platform
  log(level: 'info' | 'warn', message: string, detail?: unknown): void
}

/**
 * This data folder's key from the operating system's key store. Call only after the app is ready.
 * @returns the key in base64; null without a store, or with one that does not encrypt: then the key file is used
 */
export function keyFromStore({ dataFolder, safeStorage, platform, log }: KeyStoreParts): string | null {
  const without = 'The operating system keeps no key for the app: a key file is used'
  try {
    if (!safeStorage.isEncryptionAvailable()) {
      log('warn', without)
      return null
    }
    // `basic_text` encrypts with a password that is public in Chromium's source.
    if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
      log('warn', without, 'basic_text')
      return null
    }
    return takeAppKey(dataFolder, {
      encrypt: (text) => safeStorage.encryptString(text),
      decrypt: (kept) => safeStorage.decryptString(kept),
    })
  } catch (error) {
    log('warn', without, error)
    return null
  }
}
