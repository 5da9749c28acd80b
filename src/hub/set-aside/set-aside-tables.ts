import type { CompiledQuery, Kysely } from 'kysely'
import { keyType } from '../database/columns.ts'
import type { Engine } from '../database/hub-tables.ts'

/** Stored rows that cannot be read and are left out of what is served, each written down once, with why and when. */
export type SetAsideTables = {
  set_aside: {
    /** The table it stands in, or stood in. */
    place: string
    /** Which row of it. */
    name: string
    at: number
    why: string
    /** What stood there, where it was taken away or made anew; else empty: the row itself is as it was. */
    kept: string
    /** 1 where what it should say was found elsewhere, so that nothing is missing. */
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
