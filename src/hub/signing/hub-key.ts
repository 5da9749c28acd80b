import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'

/** The hub's signing key: it signs the heads of the log, so that devices can prove what the hub once served. */
export type HubKey = {
  /** SPKI in base64. */
  publicKey: string
  /** Ed25519 signature in base64. */
  sign(text: string): string
  /** Whether this key signed a text. */
  isOwn(text: string, signature: string): boolean
  /** A secret derived from the key for one purpose, always the same, in base64url. */
  secretFor(purpose: string): string
}

/** Generates a private key, PKCS #8 in base64, as stored in the hub's database. */
export function makePrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
}

/** Opens a hub's key from its stored form. */
export function openHubKey(privateKey: string): HubKey {
  const key: KeyObject = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' })
  const publicHalf = createPublicKey(key)
  return {
    publicKey: publicHalf.export({ type: 'spki', format: 'der' }).toString('base64'),
    secretFor: (purpose) => createHmac('sha256', privateKey).update(purpose).digest('base64url'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    isOwn(text, signature) {
      const bytes = Buffer.from(signature, 'base64')
      // The decoder ignores invalid base64, so the canonical form is compared.
      return bytes.toString('base64') === signature && verify(null, Buffer.from(text), publicHalf, bytes)
    },
  }
}
