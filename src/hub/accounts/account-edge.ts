/** Ambient effects of the accounts, as parameters so that tests can replace them. */
export type HubAccountEdge = {
  /** Milliseconds since 1970. */
  now(): number
  /** Cryptographically random bytes. */
  random(bytes: number): Uint8Array
  uuid(): string
}
