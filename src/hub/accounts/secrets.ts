import { createHash, timingSafeEqual } from 'node:crypto'

/** Length of every secret that the hub issues, bytes: 256 bits cannot be guessed, so a plain hash at rest is enough. */
const SECRET_BYTES = 32

/** Generates a secret in base64url. */
export function newSecret(random: (bytes: number) => Uint8Array): string {
  return Buffer.from(random(SECRET_BYTES)).toString('base64url')
}

/** The stored form of a secret: SHA-256 in lower-case hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares two secrets in constant time. */
export function sameSecret(given: string, known: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(known).digest())
}
