import type { HubDatabase } from '../database/hub-database.ts'
import { evidenceInPostgres } from './evidence-in-postgres.ts'
import type { EvidencePieceTables } from './evidence-piece-tables.ts'
import { createEvidenceStore, type EvidenceStore } from './evidence-store.ts'

/**
 * The evidence of a hub: beside its database, or in it where the hub may have several nodes.
 * @returns the store, and what takes in files of a time when they lay beside the database, and tells how many came in
 */
export function openEvidence(
  { kysely, others }: HubDatabase,
  folders: { evidence: string; incoming: string },
  now: () => number,
): { evidence: EvidenceStore; takeInFolder(): Promise<number> } {
  const own = createEvidenceStore(folders, now)
  if (!others) return { evidence: own, takeInFolder: () => Promise.resolve(0) }
  const shared = evidenceInPostgres(kysely.withTables<EvidencePieceTables>(), own, now)
  return { evidence: shared, takeInFolder: shared.takeInFolder }
}
