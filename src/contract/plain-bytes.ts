/** Contract messages are shallow; a deeper value is not one of them and fails the contract anyway. */
const MAX_DEPTH = 12

/** Converts subclasses of byte arrays in a message, such as Node's Buffers, in place into the plain byte arrays of the contract. */
export function withPlainBytes(value: unknown, depth = 0): unknown {
  if (value instanceof Uint8Array)
    return value.constructor === Uint8Array ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return value
  const parts = value as Record<string, unknown>
  for (const key of Object.keys(parts)) {
    const plain = withPlainBytes(parts[key], depth + 1)
    if (plain !== parts[key]) parts[key] = plain
  }
  return value
}
