const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 30_000

export type RetryPace = {
  /** Something got through. */
  progress(): void
  /** Milliseconds until the next try. */
  next(): number
}

/**
 * Exponential backoff with jitter, so that devices do not reconnect all at once; reset as soon as anything gets through
 * (sync study: count progress, not tries).
 * @param random in [0, 1)
 */
export function createRetryPace(random: () => number): RetryPace {
  let failures = 0
  return {
    progress() {
      failures = 0
    },
    next() {
      const most = Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS)
      failures = Math.min(failures + 1, 16)
      return most / 2 + (most / 2) * random()
    },
  }
}
