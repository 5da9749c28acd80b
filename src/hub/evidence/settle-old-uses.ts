import type { Kysely } from 'kysely'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { step } from '#domain/step.ts'
import { evidenceNamedBy } from '#domain/timeline/entry-ops.ts'
import type { HubTables, RecordRow } from '../database/hub-tables.ts'
import { settleOnce } from '../database/settle-once.ts'
import { isAmong, scopeReaders, type Readers } from '../log/readers.ts'
import { toRecord } from '../log/record-row.ts'
import { UNSETTLED_USES } from './evidence-tables.ts'

type Database = { kysely: Kysely<HubTables> }

/** The states of a scope's incident over time, oldest first. */
type History = { from: number; incident: Entity | undefined }[]

const opOf = (record: LogRecord) => {
  const parsed = parseOp(record.bytes)
  return parsed.ok ? parsed.op : null
}

type OldNaming = { hash: string; scope: string; actor: string; at: number }

/**
 * Earlier versions noted every entry that names a file, regardless of its author. The log shows what each author could read at that
 * time: the first who named a file uploaded it; later authors had to be able to read it by then.
 */
export async function settleOldUses({ kysely }: Database): Promise<void> {
  await settleOnce(kysely, UNSETTLED_USES, async (tx) => {
    // A file named in only one scope was given to its readers by one of them.
    const several = await tx
      .selectFrom('evidence_use')
      .select('hash')
      .groupBy('hash')
      .having((where) => where.fn.countAll(), '>', 1)
      .execute()
    const hashes = new Set(several.map(({ hash }) => hash))
    const readersAt = rememberReaders(tx)
    for (const namings of (await readNamings(tx, hashes)).values()) await settleOne(tx, namings, readersAt)
  })
}

/** Who named each of these files, in log order. */
async function readNamings(tx: Kysely<HubTables>, hashes: ReadonlySet<string>): Promise<Map<string, OldNaming[]>> {
  const found: OldNaming[] = []
  const scopes = new Set(
    (await tx.selectFrom('evidence_use').selectAll().execute()).flatMap(({ hash, scope }) => (hashes.has(hash) ? [scope] : [])),
  )
  for (const scope of scopes) {
    const rows: RecordRow[] = await tx
      .selectFrom('record')
      .selectAll()
      .where('scope', '=', scope)
      .where('bytes', 'like', '%"hash":"%')
      .orderBy('seq')
      .execute()
    for (const record of rows.map(toRecord)) {
      const op = record.outcome.kind === 'accepted' ? opOf(record) : null
      for (const hash of op ? evidenceNamedBy(op) : [])
        if (hashes.has(hash)) found.push({ hash, scope, actor: record.actor, at: record.hubTime })
    }
  }
  return Map.groupBy(
    found.toSorted((a, b) => a.at - b.at),
    ({ hash }) => hash,
  )
}

async function settleOne(
  tx: Kysely<HubTables>,
  namings: readonly OldNaming[],
  readersAt: (scope: string, at: number) => Promise<Readers>,
): Promise<void> {
  const opened = new Set<string>()
  const holder = namings[0]?.actor
  for (const { hash, scope, actor, at } of namings) {
    let may = actor === holder
    for (const other of opened) may ||= isAmong(await readersAt(other, at), actor)
    if (opened.size === 0)
      await tx
        .insertInto('evidence_holder')
        .values({ hash, member_id: actor })
        .onConflict((conflict) => conflict.columns(['hash', 'member_id']).doNothing())
        .execute()
    if (may) opened.add(scope)
    else
      await tx
        .insertInto('evidence_claim')
        .values({ hash, scope, member_id: actor })
        .onConflict((conflict) => conflict.columns(['hash', 'member_id', 'scope']).doNothing())
        .execute()
  }
  // A use that the log does not mention is kept: nothing shows that it was wrong.
  for (const { hash, scope } of namings)
    if (!opened.has(scope)) await tx.deleteFrom('evidence_use').where('hash', '=', hash).where('scope', '=', scope).execute()
}

function rememberReaders(tx: Kysely<HubTables>) {
  const histories = new Map<string, History>()
  return async (scope: string, at: number): Promise<Readers> => {
    const history = histories.get(scope) ?? (await historyOf(tx, scope))
    histories.set(scope, history)
    const then = history.findLast(({ from }) => from <= at)
    return then ? scopeReaders(scope, () => then.incident, at) : []
  }
}

async function historyOf(tx: Kysely<HubTables>, scope: string): Promise<History> {
  const rows: RecordRow[] = await tx
    .selectFrom('record')
    .selectAll()
    .where('scope', '=', scope)
    .where('bytes', 'like', '%"incident.%')
    .orderBy('seq')
    .execute()
  const history: History = []
  let incident: Entity | undefined
  for (const record of rows.map(toRecord)) {
    const op = opOf(record)
    if (op?.entity.kind !== 'incident') continue
    incident = step(incident, op, appliedFromRecord(record, op))
    history.push({ from: record.hubTime, incident })
  }
  return history
}
