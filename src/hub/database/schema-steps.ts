import type { CompiledQuery, Kysely } from 'kysely'
import type { Engine, HubTables } from './hub-tables.ts'

/** The tables of the hub, as steps that are only ever added to. */
export type HubSchema = {
  version: number
  /** The statements that bring a database from a schema version to the current one. */
  stepsAfter(version: number, db: Kysely<HubTables>, engine: Engine): CompiledQuery[]
}
