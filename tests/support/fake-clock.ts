/** A clock that moves only through `advance` and `set`. Milliseconds since 1970. */
export type FakeClock = { now(): number; advance(ms: number): void; set(ms: number): void }

/** 2026-03-15T02:00:00+08:00, two in the morning, a usual hour for a crisis. */
export const TWO_AT_NIGHT = Date.parse('2026-03-15T02:00:00+08:00')

export function createFakeClock(start = TWO_AT_NIGHT): FakeClock {
  let at = start
  return {
    now: () => at,
    advance(ms) {
      at += ms
    },
    set(ms) {
      at = ms
    },
  }
}
