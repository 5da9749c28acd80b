import { sql } from 'kysely'
import type { Engine } from './hub-tables.ts'

/** Text that rows are found and sorted by: byte for byte on both engines, whatever language a PostgreSQL was set up in. */
export function keyType(engine: Engine) {
  return engine === 'postgres' ? sql`text collate "C"` : sql`text`
}

/** On SQLite a table found by its key alone needs no second one beside its index. */
export function tableEnd(engine: Engine) {
  return engine === 'sqlite' ? sql`without rowid` : sql``
}
