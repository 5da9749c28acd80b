/**
 * Work that nobody waits for, except whoever closes the database.
 * @param onFault told of what such work throws
 */
export function createBackgroundWork(onFault: (error: unknown) => void) {
  const running = new Set<Promise<void>>()
  let closed = false
  return {
    /** Starts work; after {@link close} nothing is started any more. */
    run(work: () => Promise<void>): void {
      if (closed) return
      const one = work().catch(onFault)
      running.add(one)
      void one.then(() => running.delete(one))
    },
    isClosed: (): boolean => closed,
    /** Starts nothing more. */
    close(): void {
      closed = true
    },
    /** Resolves once everything that was started has ended. */
    async settle(): Promise<void> {
      await Promise.all(running)
    },
  }
}

export type BackgroundWork = ReturnType<typeof createBackgroundWork>
