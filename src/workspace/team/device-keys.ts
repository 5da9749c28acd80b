import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { readKeyFile, takeKeyFile } from '#storage/key-file.ts'
import { isSealed, keyIdOf, makeSealingKey, openSealed, sealingKey, sealValue, type SealingKey } from '#storage/sealed-value.ts'
import { readAppKeyFile } from './app-key.ts'

/**
 * `kept-by-app`: the key is in the operating system's key store, which only the desktop app asks. `lost`: the key is gone, or
 * this is not the machine it was sealed on.
 */
export type OpenedToken = { kind: 'open'; token: string } | { kind: 'kept-by-app' } | { kind: 'lost' }

export type DeviceKeysOptions = {
  dataFolder: string
  /** The key file; left out, {@link defaultKeyFile}. */
  keyFile?: string | undefined
  /** The key that the operating system keeps for the desktop app, in base64; absent in every other process. */
  appKey?: string | null | undefined
  /** A shell whose user can sign in need not wait for the desktop app: what that keeps is as good as lost. */
  asksToSignIn?: boolean | undefined
}

type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: unknown) => void

const PURPOSE = 'device-session'

/** The same however one comes to it. */
function whereItIs(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return resolve(folder)
  }
}

/**
 * Where the key of a data folder lies in the absence of an operating system's key store: STORMROOM_KEY_FILE, else the user's
 * folder for settings, far from the data, so that neither a copied data folder nor a backup holds both.
 */
export function defaultKeyFile(dataFolder: string, env: NodeJS.ProcessEnv = process.env): string {
  const named = env['STORMROOM_KEY_FILE']
  if (named) return resolve(named)
  const which = createHash('sha256').update(whereItIs(dataFolder)).digest('hex').slice(0, 16)
  return join(envPaths('Stormroom', { suffix: '' }).config, which, 'device.key')
}

/**
 * The keys under which a device seals what lets it into the team's hub. A token is sealed under the key in the operating
 * system's key store, or under the one in the key file where there is no such store, and can be opened with either.
 */
export function createDeviceKeys(options: DeviceKeysOptions, log: Log) {
  // Asked when it is needed: by then the data folder is there.
  const keyFile = () => options.keyFile ?? defaultKeyFile(options.dataFolder)
  const appKey = sealingKey(Buffer.from(options.appKey ?? '', 'base64'))
  /** Where no key can be kept, the token is good until this process ends. */
  let passing: SealingKey | null = null
  let seen: { stored: string; opened: OpenedToken } | null = null

  function ownKeys(): SealingKey[] {
    const filed = readKeyFile(keyFile())
    return [appKey, filed.kind === 'key' ? filed.key : null, passing].filter((key) => key !== null)
  }

  function find(stored: string): OpenedToken {
    if (stored === '') return { kind: 'lost' }
    // Of an older version; it is sealed when there is a key to seal it with.
    if (!isSealed(stored)) return { kind: 'open', token: stored }
    for (const key of ownKeys()) {
      const opened = openSealed(stored, key, PURPOSE)
      if (opened.kind === 'open') return { kind: 'open', token: opened.text }
    }
    const kept = options.asksToSignIn ? null : readAppKeyFile(options.dataFolder)
    return kept !== null && kept.id === keyIdOf(stored) ? { kind: 'kept-by-app' } : { kind: 'lost' }
  }

  /** A key that outlives this process, made where there is none; null where none can be kept. */
  function lastingKey(): SealingKey | null {
    if (appKey) return appKey
    const taken = takeKeyFile(keyFile())
    if (taken.kind === 'key') return taken.key
    log('warn', 'The key of this device cannot be kept', { file: keyFile(), detail: taken.detail })
    return null
  }

  return {
    /** Seals a token that is to be kept. */
    seal(token: string): string {
      const key = lastingKey() ?? (passing ??= makeSealingKey())
      return sealValue(token, key, PURPOSE)
    },

    /** Seals a token that lies in the clear already; null where no key can be kept. */
    sealKept(token: string): string | null {
      const key = lastingKey()
      return key && sealValue(token, key, PURPOSE)
    },

    /** Opens a token as it is kept; the answer for one is remembered until {@link pollHub}. */
    open(stored: string): OpenedToken {
      if (seen?.stored !== stored) seen = { stored, opened: find(stored) }
      return seen.opened
    },

    /** A key file may have come back. */
    pollHub(): void {
      seen = null
    },
  }
}

export type DeviceKeys = ReturnType<typeof createDeviceKeys>
