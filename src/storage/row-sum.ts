import { crc32 } from 'node:zlib'

/** A stored row differs from what was written. SQLite has no page checksums, so the damage would otherwise be shown (S9). */
export class DamagedRow extends Error {
  override readonly name = 'DamagedRow'
}

/** A checksum over a row, stored in the row: damage that SQLite does not detect is detected when the row is read. */
export function rowSum(...parts: readonly (string | null)[]): number {
  // The separator cannot occur unescaped in any part: parts are ids, scopes and JSON.
  return crc32(parts.map((part) => part ?? '\u0001').join('\u0000'))
}

/** Throws `DamagedRow` if a row differs from what was written. */
export function checkRow(sum: number, name: string, ...parts: readonly (string | null)[]): void {
  if (rowSum(...parts) !== sum) throw new DamagedRow(`${name} is not what was written`)
}
