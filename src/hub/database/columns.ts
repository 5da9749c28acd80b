import { sql } from 'kysely'
import type { Engine } from './hub-tables.ts'

/** Text column for keys and sorting: compared byte by byte on both engines, regardless of the PostgreSQL locale. */
export function keyType(engine: Engine) {
  return engine === 'postgres' ? sql`text collate "C"` : sql`text`
}

/** On SQLite, a table used only by its key needs no separate row ID. */
export function tableEnd(engine: Engine) {
  return engine === 'sqlite' ? sql`without rowid` : sql``
}
