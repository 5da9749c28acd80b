/**
 * Background work; only closing the database waits for it.
 * @param onFault called with errors of such work
 */
export function createBackgroundWork(onFault: (error: unknown) => void) {
  const running = new Set<Promise<void>>()
  let closed = false
  return {
    /** Starts work; does nothing after {@link close}. */
    run(work: () => Promise<void>): void {
      if (closed) return
      const one = work().catch(onFault)
      running.add(one)
      void one.then(() => running.delete(one))
    },
    isClosed: (): boolean => closed,
    /** Stops accepting work. */
    close(): void {
      closed = true
    },
    /** Resolves once all started work has ended. */
    async settle(): Promise<void> {
      await Promise.all(running)
    },
  }
}

export type BackgroundWork = ReturnType<typeof createBackgroundWork>
