import { createHash, timingSafeEqual } from 'node:crypto'

/** Bytes of every secret that the hub hands out: 256 bits, so that a plain hash at rest is enough (nothing to guess). */
const SECRET_BYTES = 32

/** A fresh secret in base64url. */
export function newSecret(random: (bytes: number) => Uint8Array): string {
  return Buffer.from(random(SECRET_BYTES)).toString('base64url')
}

/** What is stored in place of a secret: lower-case hex SHA-256. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether two secrets are the same, in a time that says nothing about where they differ. */
export function sameSecret(given: string, known: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(known).digest())
}
