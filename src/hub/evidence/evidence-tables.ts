import { sql, type CompiledQuery, type Kysely } from 'kysely'
import { keyType, tableEnd } from '../database/columns.ts'
import type { Engine, HubTables } from '../database/hub-tables.ts'

/** Key in `meta` while it still has to be determined which uses noted by earlier versions grant access. */
export const UNSETTLED_USES = 'unsettledEvidenceUses'

/** The tables of who may have which file, in addition to `evidence_use`. */
export function evidenceTableSteps(db: Kysely<HubTables>, engine: Engine): CompiledQuery[] {
  return [
    db.schema
      .createTable('evidence_claim')
      .addColumn('hash', keyType(engine), (column) => column.notNull())
      .addColumn('scope', keyType(engine), (column) => column.notNull())
      .addColumn('member_id', keyType(engine), (column) => column.notNull())
      .addPrimaryKeyConstraint('evidence_claim_name', ['hash', 'member_id', 'scope'])
      .modifyEnd(tableEnd(engine))
      .compile(),
    db.schema
      .createTable('evidence_holder')
      .addColumn('hash', keyType(engine), (column) => column.notNull())
      .addColumn('member_id', keyType(engine), (column) => column.notNull())
      .addPrimaryKeyConstraint('evidence_holder_name', ['hash', 'member_id'])
      .modifyEnd(tableEnd(engine))
      .compile(),
    sql`INSERT INTO meta (key, value) SELECT ${sql.lit(UNSETTLED_USES)}, 'yes' WHERE EXISTS (SELECT 1 FROM evidence_use)`.compile(db),
  ]
}
