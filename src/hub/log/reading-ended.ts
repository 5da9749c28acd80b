import type { Kysely } from 'kysely'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp } from '#domain/log/op.ts'
import type { ReadingEnded } from '#domain/log/signed-head.ts'
import { step } from '#domain/step.ts'
import type { HubTables } from '../database/hub-tables.ts'
import { decidingIncident, isAmong, readersScope, scopeReaders } from './readers.ts'
import { toRecord } from './record-row.ts'

const READ_ROWS = 1000
/** How many answers are cached: a device asks again until it has been answered. */
const KEPT = 500

type Log = Pick<Kysely<HubTables>, 'selectFrom'>

/**
 * Finds the record that ended a member's access to a scope, from the log alone: reader tables could have been changed by anyone
 * with access to the database. For temporary access that expired, it is the last record that set the end.
 * @param now milliseconds since 1970 by the hub's clock
 * @returns null when there is no such record, or the member never had access
 */
async function findInLog(db: Log, memberId: string, scope: string, now: number): Promise<ReadingEnded | null> {
  const incidentId = decidingIncident(scope)
  if (incidentId === null) return null
  const by = readersScope(scope)
  let incident: Entity | undefined
  let last: { seq: number; hash: string } | null = null
  let reads = false
  let ended: { seq: number; hash: string } | null = null
  const look = (at: number) => {
    const may =
      incident !== undefined &&
      isAmong(
        scopeReaders(scope, () => incident, at),
        memberId,
      )
    if (reads && !may) ended = last
    if (may) ended = null
    reads = may
  }
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('record')
      .selectAll()
      .where('scope', '=', by)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(READ_ROWS)
      .execute()
    for (const row of rows) {
      after = row.seq
      const record = toRecord(row)
      const parsed = parseOp(record.bytes)
      if (!parsed.ok || record.outcome.kind !== 'accepted' || parsed.op.entity.kind !== 'incident' || parsed.op.entity.id !== incidentId)
        continue
      look(record.hubTime)
      incident = step(incident, parsed.op, appliedFromRecord(record, parsed.op))
      last = { seq: record.seq, hash: record.hash }
      look(record.hubTime)
    }
    if (rows.length < READ_ROWS) break
  }
  look(now)
  return ended === null ? null : { scope, by, ...(ended as { seq: number; hash: string }) }
}

/** Answers members whose devices hold scopes that they may no longer read. */
export function createReadingsEnded(db: Log, now: () => number) {
  const known = new Map<string, ReadingEnded>()
  return async (memberId: string, scope: string): Promise<ReadingEnded | null> => {
    const head = await db.selectFrom('scope_head').select(['seq', 'hash']).where('scope', '=', readersScope(scope)).executeTakeFirst()
    if (!head) return null
    const name = `${memberId} ${scope} ${head.seq} ${head.hash}`
    const found = known.get(name)
    if (found) return found
    const ended = await findInLog(db, memberId, scope, now())
    if (known.size >= KEPT) known.clear()
    // Only an ended access is cached: one that has not ended may still expire.
    if (ended) known.set(name, ended)
    return ended
  }
}
