import { z } from 'zod'

/** Where a hub offers a bootstrap snapshot to new devices, and hands it out. */
export const BOOTSTRAP_SNAPSHOT_PATH = '/bootstrap-snapshot'

/**
 * A replica that a hub has ready for a new device: a SQLite file packed with Zstandard (RFC 8878), known by the SHA-256 of the
 * packed one. `size` is what is fetched, `wholeSize` what comes out of it, bytes; `epoch`: which life of the log it is from.
 */
export const BootstrapSnapshotOffer = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(1),
  wholeSize: z.int().min(1),
  hubId: z.string().max(80),
  epoch: z.string().max(80),
})
export type BootstrapSnapshotOffer = z.infer<typeof BootstrapSnapshotOffer>

/** What a device says it can use, and which file it has begun to fetch. */
export const BootstrapSnapshotQuestion = z.strictObject({ form: z.string().max(200), having: BootstrapSnapshotOffer.shape.id.optional() })
