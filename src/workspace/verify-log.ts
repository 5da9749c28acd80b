import { hash as digest } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '#storage/open-database.ts'
import { rowSum } from '#storage/row-sum.ts'
import { CHAIN_START, findChainFault, LogRecord } from '#domain/log/record.ts'
import { isSoundSignature, signedHeads } from '#replica/store/signed-heads.ts'
import type { VerifyReport } from '#contract/workspace-api.ts'

type Row = { scope: string; seq: number; hub_time: number; actor: string; outcome: string; bytes: string; hash: string }
type ScopeReport = VerifyReport['scopes'][number]

const BATCH = 2000

const sha256 = (text: string) => digest('sha256', text)

function toRecord({ scope, seq, hub_time, actor, outcome, bytes, hash }: Row): LogRecord | null {
  try {
    return { scope, seq, hubTime: hub_time, actor, outcome: JSON.parse(outcome) as LogRecord['outcome'], bytes, hash } as LogRecord
  } catch {
    return null
  }
}

/**
 * Checks the hash chain of every scope of a log from its first record, and compares the end with the stored head.
 * Works in turns, so that screens are answered meanwhile; records written meanwhile are checked next time.
 */
export async function verifyChains(db: Db, headTable: 'scope_head' | 'cursor'): Promise<ScopeReport[]> {
  // A scope that has records and no head, or a head and no records, is as wrong as a broken chain.
  const heads = db
    .prepare<[], { scope: string; seq: number; hash: string; last: number }>(
      `WITH held AS (SELECT scope, max(seq) AS last FROM record GROUP BY scope)
       SELECT coalesce(head.scope, held.scope) AS scope, coalesce(head.seq, 0) AS seq, coalesce(head.hash, '') AS hash, coalesce(held.last, 0) AS last
       FROM ${headTable} AS head FULL JOIN held ON held.scope = head.scope ORDER BY 1`,
    )
    .all()
  const next = db.prepare<[string, number, number, number], Row>(
    'SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record WHERE scope = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  )
  // A replica may have begun a scope from a snapshot: the chain begins there; its own earlier records are separate.
  const bases =
    headTable === 'cursor'
      ? db.prepare<[], { scope: string; seq: number; hash: string }>('SELECT scope, seq, hash FROM scope_base').all()
      : []
  const reports: ScopeReport[] = []
  for (const head of heads) reports.push(await verifyScope(head))
  return reports

  async function verifyScope(head: { scope: string; seq: number; hash: string; last: number }): Promise<ScopeReport> {
    const base = bases.find((one) => one.scope === head.scope)
    let seq = base?.seq ?? 0
    let hash = base?.hash ?? CHAIN_START
    for (;;) {
      const rows = next.all(head.scope, seq, head.last, BATCH)
      if (rows.length === 0) break
      const records: LogRecord[] = []
      for (const row of rows) {
        const record = toRecord(row)
        if (!record) return { scope: head.scope, records: seq, head: hash, fault: { seq: row.seq, kind: 'hash' } }
        records.push(record)
      }
      const fault = findChainFault(records, sha256, head.scope, { seq, hash })
      if (fault) return { scope: head.scope, records: seq, head: hash, fault }
      seq = records.at(-1)?.seq ?? seq
      hash = records.at(-1)?.hash ?? hash
      await nextTurn()
    }
    const whole = seq === head.seq && (hash === head.hash || head.seq === 0)
    return { scope: head.scope, records: seq, head: hash, fault: whole ? null : { seq: head.seq, kind: 'mismatch' } }
  }
}

/**
 * Compares every stored entity with its stored sum.
 * @param columns the columns that the sum covers, after kind, id and scope
 * @returns the first that differs, by kind and id, or null
 */
export async function findDamagedRow(db: Db, columns: readonly string[]): Promise<string | null> {
  type EntityRow = Record<string, string | null> & { kind: string; id: string; scope: string }
  const next = db.prepare<[string, string, number], EntityRow & { sum: number }>(
    `SELECT kind, id, scope, sum, ${columns.join(', ')} FROM entity WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?`,
  )
  let last = { kind: '', id: '' }
  for (;;) {
    const rows = next.all(last.kind, last.id, BATCH)
    const damaged = rows.find(
      ({ kind, id, scope, sum, ...row }) => rowSum(kind, id, scope, ...columns.map((column) => row[column] ?? null)) !== sum,
    )
    if (damaged) return `${damaged.kind} ${damaged.id}`
    const end = rows.at(-1)
    if (!end) return null
    last = end
    await nextTurn()
  }
}

/**
 * Finds where a hub's log contradicts its own signatures: a signed record that is gone or changed, whoever changed it. A hub
 * restored from a backup has a new epoch, and its earlier signatures are not compared.
 */
export function findBrokenWord(hub: Db, replica: Db): { scope: string; seq: number }[] {
  const epoch = hub.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'epoch'").get()?.value
  const at = hub.prepare<[string, number], { hash: string }>('SELECT hash FROM record WHERE scope = ? AND seq = ?')
  return signedHeads(replica)
    .filter((head) => head.seq > 0 && head.epoch === epoch && isSoundSignature(head) && at.get(head.scope, head.seq)?.hash !== head.hash)
    .map(({ scope, seq }) => ({ scope, seq }))
}

/** Finds records that differ between two logs of the same scope. */
export function findFork(hub: Db, replica: Db): { scope: string; seq: number }[] {
  const at = hub.prepare<[string, number], { hash: string }>('SELECT hash FROM record WHERE scope = ? AND seq = ?')
  return replica
    .prepare<[], { scope: string; seq: number; hash: string }>('SELECT scope, seq, hash FROM cursor WHERE seq > 0')
    .all()
    .filter((cursor) => at.get(cursor.scope, cursor.seq)?.hash !== cursor.hash)
    .map(({ scope, seq }) => ({ scope, seq }))
}
