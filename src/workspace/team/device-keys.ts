import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { readKeyFile, takeKeyFile } from '#storage/key-file.ts'
import { isSealed, keyIdOf, makeSealingKey, openSealed, sealingKey, sealValue, type SealingKey } from '#storage/sealed-value.ts'
import { readAppKeyFile } from './app-key.ts'

/**
 * `kept-by-app`: the key is in the operating system's key store, which only the desktop app reads. `lost`: the key is gone, or
 * the token was sealed on another machine.
 */
export type OpenedToken = { kind: 'open'; token: string } | { kind: 'kept-by-app' } | { kind: 'lost' }

export type DeviceKeysOptions = {
  dataFolder: string
  /** The key file; {@link defaultKeyFile} if absent. */
  keyFile?: string | undefined
  /** The key in the operating system's key store, in base64; only in the desktop app. */
  appKey?: string | null | undefined
  /** The user of this shell can sign in: a key that only the desktop app can read then counts as lost. */
  asksToSignIn?: boolean | undefined
}

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: unknown) => void

const PURPOSE = 'device-session'

/** The real path of a folder, the same for every path that leads to it. */
function whereItIs(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return resolve(folder)
  }
}

/**
 * Path of a data folder's key without a key store of the operating system: STORMROOM_KEY_FILE, else in the user's folder for
 * settings, away from the data, so that neither a copied data folder nor a backup contains both.
 */
export function defaultKeyFile(dataFolder: string, env: NodeJS.ProcessEnv = process.env): string {
  const named = env['STORMROOM_KEY_FILE']
  if (named) return resolve(named)
  const which = createHash('sha256').update(whereItIs(dataFolder)).digest('hex').slice(0, 16)
  return join(envPaths('Stormroom', { suffix: '' }).config, which, 'device.key')
}

export type DeviceKeys = {
  /** Seals a token that is to be stored. */
  seal(token: string): string
  /** Seals a token that is stored in the clear; null if no key can be stored. */
  sealKept(token: string): string | null
  /** Opens a stored token; the result is cached until `clearCache`. */
  open(stored: string): OpenedToken
  /** Clears the cache, because a key file may have come back. */
  clearCache(): void
}

/**
 * The keys that seal a device's session token. A token is sealed under the key in the operating system's key store, or under the
 * one in the key file if there is no such store, and can be opened with either.
 */
export function createDeviceKeys(options: DeviceKeysOptions, log: Log): DeviceKeys {
  // Evaluated late, because the data folder may not exist yet.
  const keyFile = () => options.keyFile ?? defaultKeyFile(options.dataFolder)
  const appKey = sealingKey(Buffer.from(options.appKey ?? '', 'base64'))
  /** If no key can be stored, the token is valid until this process ends. */
  let passing: SealingKey | null = null
  let seen: { stored: string; opened: OpenedToken } | null = null

  function ownKeys(): SealingKey[] {
    const filed = readKeyFile(keyFile())
    return [appKey, filed.kind === 'key' ? filed.key : null, passing].filter((key) => key !== null)
  }

  function find(stored: string): OpenedToken {
    if (stored === '') return { kind: 'lost' }
    // Of an older version; it is sealed as soon as a key is available.
    if (!isSealed(stored)) return { kind: 'open', token: stored }
    for (const key of ownKeys()) {
      const opened = openSealed(stored, key, PURPOSE)
      if (opened.kind === 'open') return { kind: 'open', token: opened.text }
    }
    const kept = options.asksToSignIn ? null : readAppKeyFile(options.dataFolder)
    return kept !== null && kept.id === keyIdOf(stored) ? { kind: 'kept-by-app' } : { kind: 'lost' }
  }

  /** A stored key, created if there is none; null if none can be stored. */
  function lastingKey(): SealingKey | null {
    if (appKey) return appKey
    const taken = takeKeyFile(keyFile())
    if (taken.kind === 'key') return taken.key
    log('warn', 'The key of this device cannot be kept', { file: keyFile(), detail: taken.detail })
    return null
  }

  return {
    seal(token) {
      const key = lastingKey() ?? (passing ??= makeSealingKey())
      return sealValue(token, key, PURPOSE)
    },

    sealKept(token) {
      const key = lastingKey()
      return key && sealValue(token, key, PURPOSE)
    },

    open(stored) {
      if (seen?.stored !== stored) seen = { stored, opened: find(stored) }
      return seen.opened
    },

    clearCache() {
      seen = null
    },
  }
}
