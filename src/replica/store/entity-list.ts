import type { Db } from '#storage/open-database.ts'
import type { EntityRow } from './entity-table.ts'

/** SQL over one row of `entity`. The text must be the same everywhere, because SQLite matches an index by its expression. */
export type ListColumn = string & { readonly column: unique symbol }

/**
 * A displayed field of the state, text or number. `whenMissing` replaces null and absent values, so that every row has a
 * position. A row with damaged JSON sorts as if the field were missing; the damage is reported when the row is read.
 */
export function stateField(name: string, whenMissing: number | string): ListColumn {
  if (!/^[A-Za-z]+$/u.test(name)) throw new Error(`No name of a field: ${name}`)
  const fallback = typeof whenMissing === 'number' ? String(whenMissing) : `'${whenMissing.replaceAll("'", "''")}'`
  const seen = 'coalesce(view, canonical)'
  return `coalesce(CASE WHEN json_valid(${seen}) THEN json_extract(${seen}, '$.state.${name}') END, ${fallback})` as ListColumn
}

export const FACET = 'facet' as ListColumn

/** 1 if the facet is one of these, else 0. */
export function facetIsOneOf(...facets: readonly string[]): ListColumn {
  return `(facet IN (${facets.map((facet) => `'${facet.replaceAll("'", "''")}'`).join(', ')}))` as ListColumn
}

/**
 * A paged list of a feature: entities of one kind in one scope, ordered by some columns and then by arrival.
 * Each filter is a column that pages can be restricted by; it has its own index.
 */
export type ListDeclaration<Filter extends string = string> = {
  kind: string
  order: readonly ListColumn[]
  filters: Readonly<Record<Filter, ListColumn>>
}

/** The end of a page; opaque, valid while the declared order of the list is the same. */
export type ListCursor = readonly (number | string)[]

export type ListPage = {
  rows: EntityRow[]
  /** Cursor for the next page; null if nothing follows now. */
  next: ListCursor | null
}

export type ListQuery<Filter extends string> = {
  scope: string
  /** Only rows whose column has this value; all rows if absent. */
  where?: { filter: Filter; is: number | string }
}

export type EntityList<Filter extends string> = {
  /**
   * One page. A row written between two pages appears at its position in the order; rows that do not move are neither skipped
   * nor repeated.
   * @param after the `next` of the previous page, or null for the first one
   * @param limit maximum number of rows
   */
  page(query: ListQuery<Filter>, after: ListCursor | null, limit: number): ListPage
  /** Every row, one page in memory at a time; writes in between are allowed. */
  all(query: ListQuery<Filter>): Generator<EntityRow>
  count(query: ListQuery<Filter>): number
}

/** Rows per read when all rows are requested. */
const BATCH = 500

function indexName(kind: string, filter: string | null): string {
  const name = `list_${kind.replaceAll('-', '_')}_${filter ?? 'all'}`
  if (!/^[A-Za-z_]+$/u.test(name)) throw new Error(`No name of an index: ${name}`)
  return name
}

/** The indexes for these lists, as SQL by index name. */
export function listIndexes(lists: readonly ListDeclaration[]): Map<string, string> {
  return new Map(
    lists.flatMap(({ kind, order, filters }) =>
      [[null, null] as const, ...Object.entries(filters)].map(([filter, column]): [string, string] => {
        const name = indexName(kind, filter)
        const columns = ['scope', ...(column === null ? [] : [column]), ...order]
        return [name, `CREATE INDEX ${name} ON entity (${columns.join(', ')}) WHERE kind = '${kind}'`]
      }),
    ),
  )
}

/** Creates missing indexes of the declared lists and drops those of lists that no longer exist. */
export function indexLists(db: Db, lists: readonly ListDeclaration[]): void {
  const wanted = listIndexes(lists)
  const present = db.prepare<[], { name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name GLOB 'list_*'",
  )
  const kept = new Set<string>()
  for (const { name, sql } of present.all()) {
    if (wanted.get(name) === sql) kept.add(name)
    else db.exec(`DROP INDEX ${name}`)
  }
  for (const [name, sql] of wanted) if (!kept.has(name)) db.exec(sql)
}

/** Reads pages of a declared list. Its indexes must exist, see {@link indexLists}. */
export function createEntityList<Filter extends string>(db: Db, { kind, order, filters }: ListDeclaration<Filter>): EntityList<Filter> {
  const keys = [...order, 'row']
  const keyNames = keys.map((_, index) => `key${index}`)
  const statements = new Map<string, ReturnType<typeof prepare>>()

  function prepare(filter: Filter | null) {
    const column = filter === null ? null : filters[filter]
    // Without statistics, SQLite would choose another index that contains the scope and scan row by row.
    const from = `FROM entity INDEXED BY ${indexName(kind, filter)} WHERE kind = '${kind}' AND scope = ?${column === null ? '' : ` AND ${column} = ?`}`
    const select = `SELECT row, kind, id, scope, canonical, view, sum, ${order.map((key, index) => `${key} AS key${index}`).join(', ')}`
    // SQLite uses no index bound from a row comparison that contains expressions. The first column is therefore compared separately,
    // and the row comparison only filters rows that share its value.
    const beyond = `${keys[0]} >= ? AND (${keys.join(', ')}) > (${keys.map(() => '?').join(', ')})`
    type Found = EntityRow & Record<string, unknown>
    type Values = (number | string)[]
    return {
      first: db.prepare<Values, Found>(`${select} ${from} ORDER BY ${keys.join(', ')} LIMIT ?`),
      next: db.prepare<Values, Found>(`${select} ${from} AND ${beyond} ORDER BY ${keys.join(', ')} LIMIT ?`),
      count: db.prepare<Values, { count: number }>(`SELECT count(*) AS count ${from}`),
    }
  }

  function statementsOf({ where }: ListQuery<Filter>) {
    const filter = where?.filter ?? null
    const known = statements.get(filter ?? '')
    if (known) return known
    const made = prepare(filter)
    statements.set(filter ?? '', made)
    return made
  }

  const valuesOf = ({ scope, where }: ListQuery<Filter>) => (where === undefined ? [scope] : [scope, where.is])

  function cursorOf(row: EntityRow & Record<string, unknown>): ListCursor {
    return keyNames.map((name, index) => {
      const value = index === order.length ? row.row : row[name]
      if (typeof value !== 'number' && typeof value !== 'string') throw new Error(`A list of ${kind} is ordered by neither text nor number`)
      return value
    })
  }

  function page(query: ListQuery<Filter>, after: ListCursor | null, limit: number): ListPage {
    const { first, next } = statementsOf(query)
    // One extra row tells whether anything follows.
    const found =
      after === null ? first.all(...valuesOf(query), limit + 1) : next.all(...valuesOf(query), after[0] ?? 0, ...after, limit + 1)
    const rows = found.slice(0, limit)
    const end = rows.at(-1)
    return { rows, next: found.length > limit && end ? cursorOf(end) : null }
  }

  return {
    page,
    *all(query) {
      let after: ListCursor | null = null
      do {
        const { rows, next }: ListPage = page(query, after, BATCH)
        yield* rows
        after = next
      } while (after !== null)
    },
    count: (query) => statementsOf(query).count.get(...valuesOf(query))?.count ?? 0,
  }
}
