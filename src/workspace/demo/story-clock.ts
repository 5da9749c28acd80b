/** The clock of a story: runs at a rate, stops while acts are written, never goes back. */
export type StoryClock = {
  /** Story time, milliseconds since 1970. */
  now(): number
  rate(): number
  /** Continues at this rate; 0 stops it. */
  setRate(rate: number): void
  /** Stops at a time while acts are written; null lets it continue. */
  hold(at: number | null): void
  /** Jumps to a later time. */
  moveTo(at: number): void
}

/**
 * @param start where the story begins, milliseconds since 1970
 * @param wall the clock of the machine, milliseconds; only differences count
 */
export function createStoryClock(start: number, wall: () => number): StoryClock {
  let base = start
  let since = wall()
  let rate = 0
  let held: number | null = null
  const running = () => Math.floor(base + (wall() - since) * rate)
  const settle = () => {
    base = running()
    since = wall()
  }
  return {
    now: () => held ?? running(),
    rate: () => rate,
    setRate(next) {
      settle()
      rate = next
    },
    hold(at) {
      held = at
    },
    moveTo(at) {
      settle()
      base = Math.max(base, at)
    },
  }
}
