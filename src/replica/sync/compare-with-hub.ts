import { hash as digest } from 'node:crypto'
import type { Db } from '#storage/open-database.ts'
import type { Entity } from '#domain/log/entity.ts'
import { CHAIN_START, findChainFault, type LogRecord } from '#domain/log/record.ts'
import { BATCH_OPS, type HubLink } from '#contract/hub-link.ts'
import type { Meta } from '../store/meta.ts'
import { findStateFault, foldRecord } from '../store/recompute.ts'
import { missing } from '../store/set-aside.ts'
import { isSoundSignature, signedHeads } from '../store/signed-heads.ts'

/** A place where the hub's log differs from what it showed this device before, or where its chain is broken. */
export type Disagreement = { scope: string; seq: number }

export type Comparison = { records: number; disagreements: Disagreement[] }

const sha256 = (text: string) => digest('sha256', text)

/** What this device knows of a scope's log between two seqs, from all that it stores. */
function createKnown(db: Db) {
  const find = db.prepare<Record<string, string | number>, { seq: number; hash: string }>(
    `SELECT seq, hash FROM record WHERE scope = @scope AND seq > @after AND seq <= @upTo
     UNION SELECT seq, hash FROM scope_base WHERE scope = @scope AND seq > @after AND seq <= @upTo
     UNION SELECT seq, hash FROM cursor WHERE scope = @scope AND seq > @after AND seq <= @upTo ORDER BY seq`,
  )
  const last = db.prepare<Record<string, string>, { seq: number | null }>(
    `SELECT max(seq) AS seq FROM (
       SELECT max(seq) AS seq FROM record WHERE scope = @scope
       UNION ALL SELECT max(seq) FROM scope_base WHERE scope = @scope
       UNION ALL SELECT max(seq) FROM cursor WHERE scope = @scope)`,
  )
  return {
    between: (scope: string, after: number, upTo: number) => find.all({ scope, after, upTo }),
    last: (scope: string) => last.get({ scope })?.seq ?? 0,
  }
}

/**
 * Reads the hub's log again, record by record, and compares it with this device's chain, with every stored record and signed
 * head of this epoch, and with the records set aside because the hub lost them. A change of a log that others have seen is
 * found, even if all hashes were recomputed, and the first differing record is reported.
 * @throws what the link throws
 */
export async function compareWithHub(db: Db, meta: Meta, link: HubLink): Promise<Comparison> {
  const known = createKnown(db)
  const welcome = await link.hello({ replicaId: meta.require('replicaId'), cursors: [], sentAt: 0 })
  const signed = signedHeads(db).filter(
    (head) => head.seq > 0 && head.epoch === welcome.epoch && head.hubId === welcome.hubId && isSoundSignature(head),
  )
  const aside = missing(db)
  const held = db
    .prepare<[], { scope: string }>(
      'SELECT scope FROM cursor WHERE seq > 0 UNION SELECT scope FROM signed_head UNION SELECT scope FROM set_aside ORDER BY scope',
    )
    .all()
  const result: Comparison = { records: 0, disagreements: [] }
  for (const { scope } of held) {
    const word = signed.find((head) => head.scope === scope)
    const found = await compareScope(scope, {
      between: (after, upTo) => [...known.between(scope, after, upTo), ...(word && word.seq > after && word.seq <= upTo ? [word] : [])],
      last: () => Math.max(known.last(scope), word?.seq ?? 0),
    })
    result.records += found.records
    const gone = aside.records.filter((one) => one.scope === scope).map(({ seq }) => seq)
    const seqs = [...gone, ...(found.seq === null ? [] : [found.seq])]
    if (seqs.length > 0) result.disagreements.push({ scope, seq: Math.min(...seqs) })
  }
  return result

  async function compareScope(
    scope: string,
    own: { between(after: number, upTo: number): { seq: number; hash: string }[]; last(): number },
  ): Promise<{ records: number; seq: number | null }> {
    let at = { seq: 0, hash: CHAIN_START }
    const folding = foldingOf(db, scope)
    for (;;) {
      // Before the hub is asked: what arrives while it answers is no record that it does not show.
      const lastKnown = own.last()
      const { records, more } = await link.pull(scope, at.seq, BATCH_OPS)
      const last = records.at(-1)
      const shown = new Map(records.map((record) => [record.seq, record.hash]))
      const faults = [
        findChainFault(records, sha256, scope, at)?.seq,
        ...own.between(at.seq, last?.seq ?? at.seq).map(({ seq, hash }) => (shown.get(seq) === hash ? undefined : seq)),
      ].filter((seq) => seq !== undefined)
      if (faults.length > 0) return { records: at.seq, seq: Math.min(...faults) }
      folding?.note(records)
      if (last) at = { seq: last.seq, hash: last.hash }
      if (more && last) continue
      // Known records beyond the end were cut off.
      if (lastKnown > at.seq) return { records: at.seq, seq: at.seq + 1 }
      return { records: at.seq, seq: folding?.fault() ?? null }
    }
  }
}

/** Checks that content from a snapshot equals the fold of the hub's records up to its cursor; null for a scope without a snapshot. */
function foldingOf(db: Db, scope: string): { note(records: readonly LogRecord[]): void; fault(): number | null } | null {
  const base = db.prepare<[string], { seq: number }>('SELECT seq FROM scope_base WHERE scope = ?').get(scope)
  if (!base) return null
  const cursor = db.prepare<[string], { seq: number }>('SELECT seq FROM cursor WHERE scope = ?')
  const upTo = cursor.get(scope)?.seq ?? 0
  const folded = new Map<string, { entity: Entity; seq: number }>()
  return {
    note(records) {
      for (const record of records) if (record.seq <= upTo) foldRecord(folded, record)
    },
    // Records arrived meanwhile; the scope is checked next time.
    fault: () => (cursor.get(scope)?.seq === upTo ? findStateFault(db, scope, folded) : null),
  }
}
