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

/** Statements differ by the number of rows they insert at once, and those come in few sizes. */
const KEPT_STATEMENTS = 200

type Statement = ReturnType<typeof prepare>

const prepare = (db: Db, text: string) => db.prepare<unknown[]>(text)

/**
 * Kysely over a file that is already open, with its durable settings as they are. Transactions take the write lock when they
 * begin: one that first reads and then writes could otherwise fail in the middle, or judge on what is no longer so. Statements
 * are prepared once. Nothing here waits for the event loop: a transaction begun in a turn of it ends in the same turn, so
 * another connection to the same file in this process never blocks one that waits for it. One transaction runs at a time;
 * what is asked outside of it waits for its end.
 * @param begin how transactions begin: `IMMEDIATE` takes the write lock, `DEFERRED` only looks, at one moment, and blocks nobody
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
      // Whoever releases hands over to the next in line, so that nobody comes in between.
      if (taken) await new Promise<void>((resolve) => void waiting.push(resolve))
      taken = true
      return connection
    },
    beginTransaction: () => run(`BEGIN ${begin}`),
    commitTransaction: () => run('COMMIT'),
    // A full or failing disk has ended it already.
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
