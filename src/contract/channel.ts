/**
 * A two-way pipe for structured messages: a MessagePort in the desktop app, a socket in the browser edition, a pair of
 * queues in tests. Messages are plain data; byte arrays pass as they are.
 */
export type Channel = {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** Why a socket is turned away that carries the cookie of this browser but not the key of a page. */
export const NO_SESSION = 'no-session'
