import type { Db } from '#storage/open-database.ts'
import { z } from 'zod'
import type { EntityRow } from './entity-table.ts'

/** SQL over one row of `entity`. The text must be the same everywhere, because SQLite matches an index by its expression. */
export type ListColumn = string & { readonly column: unique symbol }

const SEEN = 'coalesce(view, canonical)'

/** SQL over the displayed state; the fallback where the row's JSON is damaged or the result is null. */
function ofState(sql: string, fallback: number | string): ListColumn {
  const literal = typeof fallback === 'number' ? String(fallback) : quoted(fallback)
  return `coalesce(CASE WHEN json_valid(${SEEN}) THEN ${sql} END, ${literal})` as ListColumn
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

function path(name: string): string {
  if (!/^[A-Za-z.]+$/u.test(name)) throw new Error(`No name of a field: ${name}`)
  return `'$.state.${name}'`
}

/**
 * A displayed field of the state, text or number. `whenMissing` replaces null and absent values, so that every row has a
 * position. A row with damaged JSON sorts as if the field were missing; the damage is reported when the row is read.
 */
export function stateField(name: string, whenMissing: number | string): ListColumn {
  return ofState(`json_extract(${SEEN}, ${path(name)})`, whenMissing)
}

/** Fields of the state joined to one text with a separator between them; '' if one of them is missing. */
export function stateFields(separator: string, ...names: readonly string[]): ListColumn {
  return ofState(names.map((name) => `json_extract(${SEEN}, ${path(name)})`).join(` || ${quoted(separator)} || `), '')
}

/** A text column with a mark before it, so that values of different columns differ; '' stays ''. */
export function marked(mark: string, column: ListColumn): ListColumn {
  return `(CASE WHEN ${column} = '' THEN '' ELSE ${quoted(mark)} || ${column} END)` as ListColumn
}

/** One column where a text column is '', another where it is not. */
export function ifEmpty(column: ListColumn, empty: ListColumn, filled: ListColumn): ListColumn {
  return `(CASE WHEN ${column} = '' THEN ${empty} ELSE ${filled} END)` as ListColumn
}

/** 1 if a list in the state has items, else 0. */
export function hasItems(name: string): ListColumn {
  return `(${ofState(`json_array_length(${SEEN}, ${path(name)})`, 0)} > 0)` as ListColumn
}

export const FACET = 'facet' as ListColumn

/** 1 if the facet is one of these, else 0. */
export function facetIsOneOf(...facets: readonly string[]): ListColumn {
  return `(facet IN (${facets.map(quoted).join(', ')}))` as ListColumn
}

/**
 * A paged list of a feature: entities of one kind in one scope, ordered by some columns and then by arrival. Each filter is a
 * sequence of columns that pages can be restricted by, and has its own index; its name is unique among the lists of the kind.
 */
export type ListDeclaration<Filter extends string = string> = {
  kind: string
  order: readonly ListColumn[]
  filters: Readonly<Record<Filter, readonly ListColumn[]>>
  /** Further columns of each index, which counts and {@link ListQuery.below} read without reading the rows. */
  covers?: readonly ListColumn[]
}

type Value = number | string

/** The end of a page; opaque, valid while the declared order of the list is the same. */
export type ListCursor = readonly Value[]

/** A cursor as the contract carries it. */
export const ListCursor = z.array(z.union([z.number(), z.string()])).max(8)

export type ListPage = {
  rows: EntityRow[]
  /** Cursor for the next page; null if nothing follows now. */
  next: ListCursor | null
}

export type ListQuery<Filter extends string> = {
  scope: string
  filter: Filter
  /** Values of the filter's columns, in their order; counts may leave out the last ones. */
  is: readonly Value[]
  /** Only rows in which this column is less; it belongs to the order or to `covers`. */
  below?: { column: ListColumn; value: number }
}

export type EntityList<Filter extends string> = {
  /**
   * One page. A row written between two pages appears at its position in the order; rows that do not move are neither skipped
   * nor repeated.
   * @param queries several are merged in order; a row must not match two of them
   * @param after the `next` of the previous page, or null for the first one
   * @param limit maximum number of rows
   */
  page(queries: ListQuery<Filter> | readonly ListQuery<Filter>[], after: ListCursor | null, limit: number): ListPage
  /** Every row, one page in memory at a time; writes in between are allowed. */
  all(query: ListQuery<Filter>): Generator<EntityRow>
  count(query: ListQuery<Filter>): number
  /** The number of rows by the values of the filter's columns that follow those given. Reads every entry of the index that matches. */
  countBy(query: ListQuery<Filter>): { values: Value[]; count: number }[]
  /** The values of the filter's first column that follows those given, sorted. Reads one row of the index per value. */
  distinct(query: ListQuery<Filter>): Value[]
}

/** Rows per read when all rows are requested. */
const BATCH = 500

function indexName(kind: string, filter: string): string {
  const name = `list_${kind.replaceAll('-', '_')}_${filter}`
  if (!/^[A-Za-z_]+$/u.test(name)) throw new Error(`No name of an index: ${name}`)
  return name
}

/** The indexes for these lists, as SQL by index name. */
export function listIndexes(lists: readonly ListDeclaration[]): Map<string, string> {
  return new Map(
    lists.flatMap(({ kind, order, filters, covers = [] }) =>
      Object.entries(filters).map(([filter, restricted]): [string, string] => {
        const name = indexName(kind, filter)
        return [
          name,
          `CREATE INDEX ${name} ON entity (${['scope', ...restricted, ...order, ...(covers.length > 0 ? ['row', ...covers] : [])].join(', ')}) WHERE kind = '${kind}'`,
        ]
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

function compare(a: ListCursor, b: ListCursor): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? 0
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

/** Reads pages of a declared list. Its indexes must exist, see {@link indexLists}. */
export function createEntityList<Filter extends string>(db: Db, { kind, order, filters }: ListDeclaration<Filter>): EntityList<Filter> {
  const keys = [...order, 'row']
  const keyNames = keys.map((_, index) => `key${index}`)
  type Found = EntityRow & Record<string, unknown>
  type Prepared<Row> = ReturnType<typeof db.prepare<Value[], Row>>
  const statements = new Map<string, Prepared<unknown>>()

  /** Prepares each text once; the text determines the rows. */
  function prepared<Row>(sql: string): Prepared<Row> {
    const known = statements.get(sql) ?? db.prepare<Value[], unknown>(sql)
    statements.set(sql, known)
    return known as Prepared<Row>
  }

  /** The table, its index and the conditions of a query. Without statistics, SQLite would scan another index that contains the scope. */
  function from({ filter, is, below }: ListQuery<Filter>): string {
    const restricted = filters[filter].slice(0, is.length).map((column) => ` AND ${column} = ?`)
    return `FROM entity INDEXED BY ${indexName(kind, filter)} WHERE kind = '${kind}' AND scope = ?${restricted.join('')}${below ? ` AND ${below.column} < ?` : ''}`
  }

  const valuesOf = ({ scope, is, below }: ListQuery<Filter>): Value[] => [scope, ...is, ...(below ? [below.value] : [])]

  const isValue = (value: unknown): value is Value => typeof value === 'number' || typeof value === 'string'

  function cursorOf(row: Found): ListCursor {
    return keyNames.map((name, index) => {
      const value = index === order.length ? row.row : row[name]
      if (!isValue(value)) throw new Error(`A list of ${kind} is ordered by neither text nor number`)
      return value
    })
  }

  function pageOfOne(query: ListQuery<Filter>, after: ListCursor | null, limit: number): Found[] {
    const select = `SELECT row, kind, id, scope, canonical, view, sum, ${order.map((key, index) => `${key} AS key${index}`).join(', ')} ${from(query)}`
    const sorted = `ORDER BY ${keys.join(', ')} LIMIT ?`
    if (after === null) return prepared<Found>(`${select} ${sorted}`).all(...valuesOf(query), limit)
    // SQLite uses no index bound from a row comparison that contains expressions. The first column is therefore compared separately,
    // and the row comparison only filters rows that share its value.
    const beyond = `${keys[0]} >= ? AND (${keys.join(', ')}) > (${keys.map(() => '?').join(', ')})`
    return prepared<Found>(`${select} AND ${beyond} ${sorted}`).all(...valuesOf(query), after[0] ?? 0, ...after, limit)
  }

  function page(queries: ListQuery<Filter> | readonly ListQuery<Filter>[], after: ListCursor | null, limit: number): ListPage {
    const each = 'scope' in queries ? [queries] : queries
    // One extra row tells whether anything follows.
    let found = each.flatMap((query) => pageOfOne(query, after, limit + 1))
    if (each.length > 1) {
      const placed = found.map((row) => ({ row, at: cursorOf(row) })).toSorted((a, b) => compare(a.at, b.at))
      found = placed.slice(0, limit + 1).map(({ row }) => row)
    }
    const rows = found.slice(0, limit)
    const end = rows.at(-1)
    return { rows, next: found.length > limit && end ? cursorOf(end) : null }
  }

  const count = (query: ListQuery<Filter>): number =>
    prepared<{ count: number }>(`SELECT count(*) AS count ${from(query)}`).get(...valuesOf(query))?.count ?? 0

  function distinct(query: ListQuery<Filter>): Value[] {
    const column = filters[query.filter][query.is.length]
    if (column === undefined) throw new Error(`The filter ${query.filter} has no further column`)
    const first = prepared<{ value: Value }>(`SELECT ${column} AS value ${from(query)} ORDER BY ${column} LIMIT 1`)
    const next = prepared<{ value: Value }>(`SELECT ${column} AS value ${from(query)} AND ${column} > ? ORDER BY ${column} LIMIT 1`)
    const found: Value[] = []
    for (let one = first.get(...valuesOf(query)); one !== undefined; one = next.get(...valuesOf(query), one.value)) found.push(one.value)
    return found
  }

  // SQLite would compute the expressions of a GROUP BY from every row instead of reading them from the index.
  function countBy(query: ListQuery<Filter>): { values: Value[]; count: number }[] {
    if (query.is.length === filters[query.filter].length) return [{ values: [], count: count(query) }]
    return distinct(query).flatMap((value) =>
      countBy({ ...query, is: [...query.is, value] }).map((one) => ({ ...one, values: [value, ...one.values] })),
    )
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
    count,
    countBy,
    distinct,
  }
}
