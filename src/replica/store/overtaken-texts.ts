import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { Db } from '#storage/open-database.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp, type Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { newlyOvertaken } from '#domain/texts/free-texts.ts'

type Row = { seq: number; bytes: string; replica: string }

/** A text of this device's member that another member overwrote unseen: the op that wrote it, and the field. */
export type OvertakenText = { opId: string; bytes: string; field: string; by: string }

/**
 * Finds texts of this device's member that another member overwrote without having seen them.
 * @param before the entity before an accepted op; `after` is the entity after it
 * @param me the member of this device
 */
export type FindOvertaken = (
  before: Entity | undefined,
  after: Entity | undefined,
  op: Op,
  record: LogRecord,
  me: string,
) => readonly OvertakenText[]

export function createOvertakenTexts(db: Db): FindOvertaken {
  const ownOps = db.prepare<[string, string, string], { seq: number; bytes: string }>(
    'SELECT seq, bytes FROM record WHERE scope = ? AND actor = ? AND instr(bytes, ?) > 0 ORDER BY seq DESC',
  )

  /** Finds an own op in the log by a part of its text. */
  function find(scope: string, actor: string, part: string, fits: (op: Op) => boolean): Row | null {
    for (const { seq, bytes } of ownOps.iterate(scope, actor, part)) {
      const parsed = parseOp(bytes)
      if (parsed.ok && fits(parsed.op)) return { seq, bytes, replica: parsed.op.replicaId }
    }
    return null
  }

  /** A correction keeps the text before it; the author of a preceding correction that was not seen is still told. */
  function overtakenCorrection(before: Entity | undefined, op: Op, record: LogRecord, me: string): OvertakenText[] {
    if (op.type !== 'entry.correct') return []
    const last = ENTRY.as(before)?.state.corrections.at(-1)
    if (last?.by !== me) return []
    const own = find(record.scope, me, op.entity.id, (one) => one.type === 'entry.correct' && one.entity.id === op.entity.id)
    if (!own || own.seq <= op.baseSeq || own.replica === op.replicaId) return []
    const parsed = parseOp(own.bytes)
    return parsed.ok ? [{ opId: parsed.op.opId, bytes: own.bytes, field: 'text', by: record.actor }] : []
  }

  return (before, after, op, record, me) => {
    const lost = newlyOvertaken(before, after).filter(({ actor }) => actor === me)
    const texts = lost.flatMap(({ field, opId }): OvertakenText[] => {
      if (opId === op.opId) return [{ opId, bytes: record.bytes, field, by: after?.stamps[field]?.actor ?? '' }]
      const own = find(record.scope, me, opId, (one) => one.opId === opId)
      return own ? [{ opId, bytes: own.bytes, field, by: record.actor }] : []
    })
    return [...texts, ...overtakenCorrection(before, op, record, me)]
  }
}
