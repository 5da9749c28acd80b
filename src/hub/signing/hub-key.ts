import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'

/** The hub's own key: it signs the heads of the log, so that what it once showed can be held against it. */
export type HubKey = {
  /** SPKI in base64. */
  publicKey: string
  /** Ed25519 signature in base64. */
  sign(text: string): string
  /** Whether it was this key that signed a text. */
  isOwn(text: string, signature: string): boolean
  /** A secret of the hub's own for one purpose, the same each time, in base64url. */
  secretFor(purpose: string): string
}

/** A fresh private key, PKCS #8 in base64, as it is kept in the hub's database. */
export function makePrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
}

/** The key of a hub from what is kept. */
export function openHubKey(privateKey: string): HubKey {
  const key: KeyObject = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' })
  const publicHalf = createPublicKey(key)
  return {
    publicKey: publicHalf.export({ type: 'spki', format: 'der' }).toString('base64'),
    secretFor: (purpose) => createHmac('sha256', privateKey).update(purpose).digest('base64url'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    isOwn(text, signature) {
      const bytes = Buffer.from(signature, 'base64')
      // What is no base64 is read all the same, as far as it is.
      return bytes.toString('base64') === signature && verify(null, Buffer.from(text), publicHalf, bytes)
    },
  }
}
