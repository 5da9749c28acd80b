/**
 * A two-way pipe for structured messages: a MessagePort in the desktop app, a socket in the browser edition, a pair of
 * queues in tests. Messages are plain data; byte arrays are passed unchanged.
 */
export type Channel = {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** Error for a socket that has this browser's cookie but no page key. */
export const NO_SESSION = 'no-session'
