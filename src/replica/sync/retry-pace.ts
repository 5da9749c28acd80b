const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 30_000

/**
 * How long to wait before trying again: twice as long each time, with jitter so that a hub that comes back is not met by all at
 * once, and from the beginning again as soon as anything got through (sync study: count progress, not tries).
 * @param random in [0, 1)
 */
export function createRetryPace(random: () => number) {
  let failures = 0
  return {
    progress(): void {
      failures = 0
    },
    /** Milliseconds until the next try. */
    next(): number {
      const most = Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS)
      failures = Math.min(failures + 1, 16)
      return most / 2 + (most / 2) * random()
    },
  }
}

export type RetryPace = ReturnType<typeof createRetryPace>
