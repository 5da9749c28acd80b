import { hash as digest } from 'node:crypto'
import type { Db } from '#storage/open-database.ts'
import { CHAIN_START, findChainFault } from '#domain/log/record.ts'
import { BATCH_OPS, type HubLink } from '#contract/hub-link.ts'
import type { Meta } from '../store/meta.ts'
import { isSoundSignature, signedHeads } from './signed-heads.ts'

/** Where what the hub shows now is not what it showed this device before, or does not hang together. */
export type Disagreement = { scope: string; seq: number }

export type Comparison = { records: number; disagreements: Disagreement[] }

const sha256 = (text: string) => digest('sha256', text)

/** What this device knows of a scope's log between two seqs, from whatever it keeps. */
function createKnown(db: Db) {
  const find = db.prepare<Record<string, string | number>, { seq: number; hash: string }>(
    `SELECT seq, hash FROM record WHERE scope = @scope AND seq > @after AND seq <= @upTo
     UNION SELECT seq, hash FROM scope_base WHERE scope = @scope AND seq > @after AND seq <= @upTo
     UNION SELECT seq, hash FROM cursor WHERE scope = @scope AND seq > @after AND seq <= @upTo ORDER BY seq`,
  )
  return (scope: string, after: number, upTo: number) => find.all({ scope, after, upTo })
}

/**
 * Has the hub show its log once more, record by record, and holds it against its own chain, against what is kept here, and
 * against the heads that it signed: who changes a log that others have seen is found, whatever they compute anew. What a hub
 * signed before it was restored from a backup does not count, since it says by its epoch that it is another one.
 * @throws what the link throws
 */
export async function compareWithHub(db: Db, meta: Meta, link: HubLink): Promise<Comparison> {
  const known = createKnown(db)
  const welcome = await link.hello({ replicaId: meta.require('replicaId'), cursors: [], sentAt: 0 })
  const same = welcome.epoch === meta.read('epoch')
  const signed = signedHeads(db).filter((head) => head.seq > 0 && head.epoch === welcome.epoch && head.hubId === welcome.hubId && isSoundSignature(head))
  const held = db.prepare<[], { scope: string }>('SELECT scope FROM cursor WHERE seq > 0 UNION SELECT scope FROM signed_head ORDER BY scope').all()
  const result: Comparison = { records: 0, disagreements: [] }
  for (const { scope } of held) {
    const word = signed.find((head) => head.scope === scope)
    const found = await compareScope(scope, (after, upTo) => [...(same ? known(scope, after, upTo) : []), ...(word && word.seq > after && word.seq <= upTo ? [word] : [])])
    result.records += found.records
    if (found.seq !== null) result.disagreements.push({ scope, seq: found.seq })
  }
  return result

  async function compareScope(scope: string, knownIn: (after: number, upTo: number) => { seq: number; hash: string }[]): Promise<{ records: number; seq: number | null }> {
    let at = { seq: 0, hash: CHAIN_START }
    for (;;) {
      const { records, more } = await link.pull(scope, at.seq, BATCH_OPS)
      const last = records.at(-1)
      const shown = new Map(records.map((record) => [record.seq, record.hash]))
      const faults = [findChainFault(records, sha256, scope, at)?.seq, ...knownIn(at.seq, last?.seq ?? at.seq).map(({ seq, hash }) => (shown.get(seq) === hash ? undefined : seq))].filter((seq) => seq !== undefined)
      if (faults.length > 0) return { records: at.seq, seq: Math.min(...faults) }
      if (last) at = { seq: last.seq, hash: last.hash }
      if (more && last) continue
      // What is known beyond the end was cut off.
      return { records: at.seq, seq: knownIn(at.seq, Number.MAX_SAFE_INTEGER).length > 0 ? at.seq + 1 : null }
    }
  }
}
