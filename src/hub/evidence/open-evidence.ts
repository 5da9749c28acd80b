import type { HubDatabase } from '../database/hub-database.ts'
import { evidenceInPostgres } from './evidence-in-postgres.ts'
import type { EvidencePieceTables } from './evidence-piece-tables.ts'
import { createEvidenceStore, type EvidenceStore } from './evidence-store.ts'

/**
 * Opens the hub's evidence store: in files beside the database, or in the database when the hub may have several nodes.
 * @returns the store, and a function that imports files stored beside the database by earlier versions and returns their number
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
