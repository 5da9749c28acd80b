import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { Db } from '#storage/open-database.ts'

/** Statements differ by the number of inserted rows, which has few values. */
const KEPT_STATEMENTS = 200

type Statement = ReturnType<typeof prepare>

const prepare = (db: Db, text: string) => db.prepare<unknown[]>(text)

/**
 * A Kysely dialect over an open file, with its durability settings unchanged. Transactions take the write lock at the start: one
 * that reads before it writes could otherwise fail midway or judge on stale data. Statements are prepared once. Nothing here waits
 * for the event loop: a transaction ends in the turn in which it began, so another connection to the same file in this process
 * never deadlocks with one that waits. One transaction runs at a time; queries outside of it wait for its end.
 * @param begin how transactions begin: `IMMEDIATE` takes the write lock, `DEFERRED` reads a consistent state and blocks no one
 */
export function sqliteDialect(db: Db, begin: 'IMMEDIATE' | 'DEFERRED' = 'IMMEDIATE'): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (of) => new SqliteIntrospector(of),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => sqliteDriver(db, begin),
  }
}

function sqliteDriver(db: Db, begin: 'IMMEDIATE' | 'DEFERRED'): Driver {
  let taken = false
  const waiting: (() => void)[] = []

  const statements = new Map<string, Statement>()

  const prepared = (text: string): Statement => {
    const known = statements.get(text)
    if (known) return known
    if (statements.size >= KEPT_STATEMENTS) statements.clear()
    const made = prepare(db, text)
    statements.set(text, made)
    return made
  }

  const connection: DatabaseConnection = {
    executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      return new Promise((resolve) => {
        const statement = prepared(sql)
        if (statement.reader) resolve({ rows: statement.all(...parameters) as Row[] })
        else resolve({ rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) })
      })
    },
    streamQuery() {
      throw new Error('Nothing streams from the hub')
    },
  }

  const run = (text: string) =>
    new Promise<void>((resolve) => {
      prepared(text).run()
      resolve()
    })

  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      // Release passes the connection to the next waiter, so that no other query takes it first.
      if (taken) await new Promise<void>((resolve) => void waiting.push(resolve))
      taken = true
      return connection
    },
    beginTransaction: () => run(`BEGIN ${begin}`),
    commitTransaction: () => run('COMMIT'),
    // SQLite has already rolled back after a disk-full or I/O error.
    rollbackTransaction: () => (db.inTransaction ? run('ROLLBACK') : Promise.resolve()),
    releaseConnection() {
      const next = waiting.shift()
      if (next) next()
      else taken = false
      return Promise.resolve()
    },
    destroy: () =>
      new Promise((resolve) => {
        db.close()
        resolve()
      }),
  }
}
