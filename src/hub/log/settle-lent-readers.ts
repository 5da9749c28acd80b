import type { Kysely } from 'kysely'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { rowSum } from '#storage/row-sum.ts'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp } from '#domain/log/op.ts'
import { step } from '#domain/step.ts'
import { lentReaders } from '#domain/permissions/readers.ts'
import type { HubTables, RecordRow } from '../database/hub-tables.ts'
import { settleOnce } from '../database/settle-once.ts'
import { toRecord } from './record-row.ts'

/** Key in `meta` while the readers by lent authority still have to be migrated. */
export const UNSETTLED_READERS = 'unsettledReaders'

/**
 * Earlier versions added a member with lent authority in a restricted incident permanently to its named readers. The log shows who
 * was named and who was lent authority; such incidents are folded again from their first record.
 */
export async function settleLentReaders(kysely: Kysely<HubTables>): Promise<void> {
  await settleOnce(kysely, UNSETTLED_READERS, async (tx) => {
    for (const { scope } of await tx
      .selectFrom('scope_head')
      .select('scope')
      .where('restricted', '=', 1)
      .where('scope', 'like', 'incident:%')
      .execute())
      await settleScope(tx, scope)
  })
}

async function settleScope(tx: Kysely<HubTables>, scope: string): Promise<void> {
  const rows: RecordRow[] = await tx
    .selectFrom('record')
    .selectAll()
    .where('scope', '=', scope)
    .where('bytes', 'like', '%"incident"%')
    .orderBy('seq')
    .execute()
  let incident: Entity | undefined
  for (const record of rows.map(toRecord)) {
    const parsed = parseOp(record.bytes)
    if (parsed.ok && parsed.op.entity.kind === 'incident' && record.outcome.kind === 'accepted')
      incident = step(incident, parsed.op, appliedFromRecord(record, parsed.op))
  }
  const state = INCIDENT.as(incident)?.state
  // If the log does not yield the incident, the rows are left unchanged.
  if (!incident || !state?.restrictedTo) return
  const { kind, id, scope: own, ...rest } = incident
  const body = JSON.stringify(rest)
  await tx
    .updateTable('entity')
    .set({ body, sum: rowSum(kind, id, own, body) })
    .where('kind', '=', kind)
    .where('id', '=', id)
    .execute()
  await tx.deleteFrom('scope_reader').where('scope', '=', scope).execute()
  const readers = [...state.restrictedTo.map((memberId) => ({ memberId, until: null })), ...lentReaders(incident)]
  for (const { memberId, until } of readers) await tx.insertInto('scope_reader').values({ scope, member_id: memberId, until }).execute()
}
