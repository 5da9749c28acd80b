/** Repeatable randomness (mulberry32): the same seed gives the same data set on every machine. */
export type Random = { next(): number; below(limit: number): number; bytes(count: number): number[] }

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, bytes: (count) => Array.from({ length: count }, () => below(256)) }
}

/** A version 7 UUID of that time with seeded bits. */
export function uuidAt(millis: number, random: Random): string {
  const hex = (bytes: number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const time = millis.toString(16).padStart(12, '0')
  const rest = hex(random.bytes(10))
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`
}
