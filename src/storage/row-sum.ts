import { crc32 } from 'node:zlib'

/** A stored row does not say what was written into it. SQLite has no sums over its pages, so it would be shown as it is (S9). */
export class DamagedRow extends Error {
  override readonly name = 'DamagedRow'
}

/** A sum over what a row holds, kept beside it: damage that SQLite does not see is seen when the row is read. */
export function rowSum(...parts: readonly (string | null)[]): number {
  // What separates the parts can stand in none of them unescaped: ids, scopes and JSON.
  return crc32(parts.map((part) => part ?? '\u0001').join('\u0000'))
}

/** Sees to it that a row still is what was written. */
export function checkRow(sum: number, name: string, ...parts: readonly (string | null)[]): void {
  if (rowSum(...parts) !== sum) throw new DamagedRow(`${name} is not what was written`)
}
