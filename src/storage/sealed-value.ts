import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/**
 * Secrets in a database are sealed (AES-256-GCM) under a key that is stored elsewhere, so that a copy of the database alone
 * is useless. A sealed value names its key, so that a wrong key is distinguished from a damaged value.
 */
export type SealingKey = { id: string; bytes: Buffer }

/** `other-key`: sealed under another key. `malformed`: damaged, sealed for another purpose, or not a sealed value. */
export type Opened = { kind: 'open'; text: string } | { kind: 'other-key' } | { kind: 'malformed' }

/** The purpose of a value. It is authenticated, so that a value cannot be used for another purpose. */
export type SealedFor = 'device-session' | 'hub-signing-key'

export const KEY_BYTES = 32
const PREFIX = 'sealed:1:'
const ID_BYTES = 8
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

/**
 * Creates a key from its bytes.
 * @returns null unless the length is that of a key
 */
export function sealingKey(bytes: Buffer): SealingKey | null {
  if (bytes.length !== KEY_BYTES) return null
  const id = createHash('sha256').update('stormroom-key-id-1').update(bytes).digest().subarray(0, ID_BYTES).toString('base64url')
  return { id, bytes }
}

/** Generates a new key. */
export function makeSealingKey(): SealingKey {
  const key = sealingKey(randomBytes(KEY_BYTES))
  if (!key) throw new Error('A key has another length than a key')
  return key
}

const purposeBytes = (purpose: SealedFor) => Buffer.from(`stormroom-sealed-1 ${purpose}`)

/** Whether a text has the form of a sealed value. */
export const isSealed = (text: string): boolean => text.startsWith(PREFIX)

/** Seals a text. @returns `sealed:1:…`, different each time */
export function sealValue(text: string, key: SealingKey, purpose: SealedFor): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key.bytes, nonce).setAAD(purposeBytes(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return PREFIX + Buffer.concat([Buffer.from(key.id, 'base64url'), nonce, cipher.getAuthTag(), body]).toString('base64url')
}

/** The id of the key that a value is sealed under; null if it is not a sealed value. */
export function keyIdOf(sealed: string): string | null {
  if (!isSealed(sealed)) return null
  const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
  return bytes.length < ID_BYTES + NONCE_BYTES + TAG_BYTES ? null : bytes.subarray(0, ID_BYTES).toString('base64url')
}

/** Opens a sealed value. Never throws. */
export function openSealed(sealed: string, key: SealingKey, purpose: SealedFor): Opened {
  const id = keyIdOf(sealed)
  if (id === null) return { kind: 'malformed' }
  if (id !== key.id) return { kind: 'other-key' }
  const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url').subarray(ID_BYTES)
  try {
    const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(
      purposeBytes(purpose),
    )
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    return {
      kind: 'open',
      text: Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8'),
    }
  } catch {
    return { kind: 'malformed' }
  }
}
