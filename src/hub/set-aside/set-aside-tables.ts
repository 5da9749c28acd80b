import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** Unreadable rows that are not served, each recorded once, with reason and time. */
export type SetAsideTables = {
  set_aside: {
    /** The table of the row. */
    place: string
    /** The key of the row. */
    name: string
    at: number
    why: string
    /** The row's content if it was deleted or rebuilt; else empty, because the row itself is unchanged. */
    kept: string
    /** 1 when its data was rebuilt from another source, so that nothing is missing. */
    mended: number
  }
}

export function setAsideTableSteps(db: Kysely<SetAsideTables>, engine: Engine): CompiledQuery[] {
  const key = keyType(engine)
  return [
    db.schema
      .createTable('set_aside')
      .addColumn('place', key, (column) => column.notNull())
      .addColumn('name', key, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('kept', 'text', (column) => column.notNull())
      .addColumn('mended', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('set_aside_name', ['place', 'name'])
      .compile(),
  ]
}
