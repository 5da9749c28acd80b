type Timer = { due: number; every: number | null; run: () => void }

export type VirtualTimers = {
  /** Runs the timers that become due within that time, in order. Milliseconds. */
  advance(ms: number): void
  /** Removes every timer, as the end of a process does. */
  clear(): void
  uninstall(): void
}

/**
 * Replaces the system's timers with timers that fire only in `advance`, so that no result depends on the speed of the machine.
 * Work in later turns of the event loop (`setImmediate`) is unchanged.
 */
export function installVirtualTimers(): VirtualTimers {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
  }
  const timers = new Set<Timer>()
  let now = 0

  const add = (run: (...given: unknown[]) => void, ms = 0, every: boolean, given: unknown[]) => {
    const timer: Timer & { unref(): unknown; ref(): unknown; hasRef(): boolean } = {
      due: now + ms,
      every: every ? Math.max(1, ms) : null,
      run: () => run(...given),
      unref: () => timer,
      ref: () => timer,
      hasRef: () => false,
    }
    timers.add(timer)
    return timer
  }
  const remove = (timer: unknown) => void timers.delete(timer as Timer)
  // Callers only stop and unref a timer; the rest of the system's type is not used.
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms?: number, ...given: unknown[]) => add(run, ms, false, given),
    setInterval: (run: () => void, ms?: number, ...given: unknown[]) => add(run, ms, true, given),
    clearTimeout: remove,
    clearInterval: remove,
  })

  return {
    advance(ms) {
      const until = now + ms
      for (;;) {
        let next: Timer | null = null
        for (const timer of timers) if (timer.due <= until && (next === null || timer.due < next.due)) next = timer
        if (!next) break
        now = Math.max(now, next.due)
        if (next.every === null) timers.delete(next)
        else next.due += next.every
        next.run()
      }
      now = until
    },
    clear: () => timers.clear(),
    uninstall: () => void Object.assign(globalThis, real),
  }
}
