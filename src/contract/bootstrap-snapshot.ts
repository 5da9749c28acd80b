import { z } from 'zod'

/** Path at which a hub offers and serves a bootstrap snapshot to new devices. */
export const BOOTSTRAP_SNAPSHOT_PATH = '/bootstrap-snapshot'

/**
 * A replica that a hub has prepared for a new device: a SQLite file compressed with Zstandard (RFC 8878), identified by the
 * SHA-256 of the compressed file. `size` is the download size and `wholeSize` the uncompressed size, in bytes; `epoch` is
 * the epoch of the log.
 */
export const BootstrapSnapshotOffer = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(1),
  wholeSize: z.int().min(1),
  hubId: z.string().max(80),
  epoch: z.string().max(80),
})
export type BootstrapSnapshotOffer = z.infer<typeof BootstrapSnapshotOffer>

/** The format that a device accepts, and the file that it has started to download. */
export const BootstrapSnapshotQuestion = z.strictObject({ form: z.string().max(200), having: BootstrapSnapshotOffer.shape.id.optional() })
