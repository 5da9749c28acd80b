import type { ScopeHead } from '#contract/hub-link.ts'
import type { LinkAnswer } from '#contract/hub-wire.ts'

/**
 * What a finished bootstrap snapshot holds: the heads of its scopes, and the epoch of the log. `size` and `sha256` are of the
 * packed file, `wholeSize` is the unpacked size; sizes in bytes.
 */
export type MadeReplica = { heads: ScopeHead[]; epoch: string; size: number; wholeSize: number; sha256: string }

/**
 * Makes bootstrap snapshots from what every member may read. It keeps a mirror, a replica that is synchronized before each file is
 * made. The format of a replica is known only to the replica, so the caller provides the maker.
 */
export type ReplicaMaker = {
  /** The format of its files; only devices with the same format can use them. */
  readonly form: string
  /**
   * @param ask answers the mirror's questions to the hub
   * @returns null when there is nothing that a device of this format could begin from
   */
  make(job: { folder: string; file: string; ask(name: string, message: unknown): Promise<LinkAnswer> }): Promise<MadeReplica | null>
  /** Aborts running work. */
  close(): void
}
