import type { Kysely, Transaction } from 'kysely'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { isEntityId } from '#domain/entity-ids.ts'
import { rowSum } from '#storage/row-sum.ts'
import type { HubDatabase } from '../database/hub-database.ts'
import type { EntityRow, HubTables } from '../database/hub-tables.ts'
import { foldScope, isRowOf } from './recompute-scope.ts'

type Db = Kysely<HubTables> | Transaction<HubTables>

async function differences(db: Db): Promise<{ wrong: EntityRow[]; right: EntityRow[] }> {
  const folded = await foldScope(db, TEAM_SCOPE)
  const rows = await db.selectFrom('entity').selectAll().where('scope', '=', TEAM_SCOPE).execute()
  const wrong = rows.filter((row) => {
    const own = folded.get(`${row.kind}\n${row.id}`)
    // Rows accepted by earlier versions under IDs that are invalid today are left unchanged.
    if (!own && !isEntityId(row.kind, row.id)) return false
    return !own || !isRowOf(row, own.entity)
  })
  const sound = new Set(rows.filter((row) => !wrong.includes(row)).map((row) => `${row.kind}\n${row.id}`))
  const right = [...folded].flatMap(
    ([
      name,
      {
        entity: { kind, id, scope, ...rest },
      },
    ]) => {
      const body = JSON.stringify(rest)
      return sound.has(name) ? [] : [{ kind, id, scope, body, sum: rowSum(kind, id, scope, body) }]
    },
  )
  return { wrong, right }
}

/**
 * Checks that members, their roles and the rules match the team's log before anyone is authorized by them: anyone with access to
 * the database can change the tables, but the log is authoritative.
 * @returns the names of the repaired entities, empty when all were correct
 */
export async function settleTeamState({ engine, kysely }: HubDatabase): Promise<string[]> {
  const { wrong, right } = await differences(kysely)
  if (wrong.length + right.length === 0) return []
  return kysely
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      const head = tx.selectFrom('scope_head').select('seq').where('scope', '=', TEAM_SCOPE)
      await (engine === 'postgres' ? head.forUpdate() : head).execute()
      const now = await differences(tx)
      for (const { kind, id } of now.wrong) await tx.deleteFrom('entity').where('kind', '=', kind).where('id', '=', id).execute()
      for (const row of now.right) {
        await tx.deleteFrom('entity').where('kind', '=', row.kind).where('id', '=', row.id).execute()
        await tx.insertInto('entity').values(row).execute()
      }
      return [...new Set([...now.wrong, ...now.right].map(({ kind, id }) => `${kind} ${id}`))]
    })
}
