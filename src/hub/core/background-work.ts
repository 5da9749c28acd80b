/** Background work; only closing the database waits for it. */
export type BackgroundWork = {
  /** Starts work; does nothing after {@link BackgroundWork.close}. */
  run(work: () => Promise<void>): void
  isClosed(): boolean
  /** Stops accepting work. */
  close(): void
  /** Resolves once all started work has ended. */
  settle(): Promise<void>
}

/** @param onFault called with errors of such work */
export function createBackgroundWork(onFault: (error: unknown) => void): BackgroundWork {
  const running = new Set<Promise<void>>()
  let closed = false
  return {
    run(work) {
      if (closed) return
      const one = work().catch(onFault)
      running.add(one)
      void one.then(() => running.delete(one))
    },
    isClosed: () => closed,
    close() {
      closed = true
    },
    async settle() {
      await Promise.all(running)
    },
  }
}
