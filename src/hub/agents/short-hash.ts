import { createHash } from 'node:crypto'

/** A hash that is long enough to tell states of the console, or its texts, apart. */
export function shortHash(...parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('base64url').slice(0, 16)
}
