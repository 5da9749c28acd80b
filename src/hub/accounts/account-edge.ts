/** What the accounts take from outside, so that tests hold it. */
export type HubAccountEdge = {
  /** Milliseconds since 1970. */
  now(): number
  /** Bytes nobody can guess. */
  random(bytes: number): Uint8Array
  uuid(): string
}
