import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { expect, test } from 'vitest'
import { APP_KEY_FILE } from '#workspace/team/app-key.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { keyFromStore } from '../../../src/desktop/main/key-store.ts'

/** A key store of one user; it cannot decrypt what another user has encrypted. */
function storeOf(user: number, more: { available?: boolean; backend?: ReturnType<SafeStorage['getSelectedStorageBackend']> } = {}) {
  const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ user))
  return {
    isEncryptionAvailable: () => more.available ?? true,
    getSelectedStorageBackend: () => more.backend ?? 'gnome_libsecret',
    encryptString: (text: string) => turned(Buffer.from(`v11${text}`)),
    decryptString(kept: Buffer) {
      const text = turned(kept).toString('utf8')
      if (!text.startsWith('v11')) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
      return text.slice(3)
    },
  }
}

function open(dataFolder: string, safeStorage: ReturnType<typeof storeOf>, platform: NodeJS.Platform = 'linux') {
  const said: string[] = []
  const key = keyFromStore({ dataFolder, safeStorage, platform, log: (level, message) => void said.push(`${level} ${message}`) })
  return { key, said }
}

test('the operating system keeps one key for a data folder; the folder holds it encrypted alone', () => {
  const folder = makeTempFolder('key-store')
  const { key, said } = open(folder, storeOf(7))
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32)
  expect(said).toEqual([])
  expect(open(folder, storeOf(7)).key).toBe(key)
  const file = join(folder, APP_KEY_FILE)
  expect(readFileSync(file, 'utf8')).not.toContain(key)
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('what comes from another machine, or is spoilt, gives way to a fresh key', () => {
  const folder = makeTempFolder('key-store')
  const { key } = open(folder, storeOf(7))
  const other = open(folder, storeOf(9)).key
  expect(other).not.toBeNull()
  expect(other).not.toBe(key)
  expect(open(folder, storeOf(9)).key).toBe(other)
  writeFileSync(join(folder, APP_KEY_FILE), 'rubbish')
  expect(open(folder, storeOf(9)).key).not.toBe(other)
})

test('without a store, or with one that only hides, the key file serves, and the log says so', () => {
  const folder = makeTempFolder('key-store')
  for (const opened of [
    open(folder, storeOf(7, { available: false })),
    open(folder, storeOf(7, { backend: 'basic_text' })),
    open(join(folder, 'not-there'), storeOf(7)),
  ]) {
    expect(opened).toEqual({ key: null, said: ['warn The operating system keeps no key for the app: a key file is used'] })
  }
  // The backend matters only on Linux.
  expect(open(folder, storeOf(7, { backend: 'basic_text' }), 'darwin').key).not.toBeNull()
})
