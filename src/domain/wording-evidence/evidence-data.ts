import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'
import { LogRecord } from '../log/record.ts'
import { ContentHash } from '../wording/content.ts'

/** A record of the log with the hash of the record before it, so that its own hash can be computed. */
export const EvidenceRecord = z.strictObject({ previous: ContentHash, record: LogRecord })
export type EvidenceRecord = z.infer<typeof EvidenceRecord>

/**
 * The evidence of an approval: the records of the log about one text, from which the revision, its review and its releases follow.
 * Times are milliseconds since 1970.
 */
export const EvidenceData = z.strictObject({
  format: z.literal(1),
  team: z.string(),
  madeAt: z.int(),
  /** Who exported it. */
  madeFor: LoggedUuid,
  incident: z.strictObject({ id: LoggedUuid, title: z.string() }).nullable(),
  wordingId: LoggedUuid,
  revisionId: LoggedUuid,
  hash: ContentHash,
  /** The names of the members that the records mention, at the time of the export. */
  names: z.record(z.string(), z.string()),
  /** In the order of the log. */
  records: z.array(EvidenceRecord).min(1),
})
export type EvidenceData = z.infer<typeof EvidenceData>
