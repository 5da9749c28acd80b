import type { Uuid } from './ids.ts'
import type { Sha256 } from './record.ts'

/** Derives a UUID of version 8, whose content is defined by its generator (RFC 9562), from the given values. */
export function derivedId(named: readonly unknown[], sha256: Sha256): Uuid {
  const hex = sha256(JSON.stringify(named))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Uuid
}
