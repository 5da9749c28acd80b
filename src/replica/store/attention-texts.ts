import type { Db } from '#storage/open-database.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { OvertakenText } from './overtaken-texts.ts'

/** An own op as its author wrote it. */
export type OwnOp = { opId: string; scope: string; bytes: string }

/** Keeps the texts of this device's member that were rejected or overwritten unseen, until they are redone or dismissed. */
export type AttentionTexts = {
  /** Keeps the text of a rejected op. Does nothing for an accepted record. */
  keepRejected(op: OwnOp, record: LogRecord): void
  /** @param at when it was overwritten, milliseconds since 1970 */
  keepOvertaken(scope: string, text: OvertakenText, at: number): void
}

export function createAttentionTexts(db: Db): AttentionTexts {
  const insert = db.prepare('INSERT OR IGNORE INTO attention (op_id, scope, bytes, code, params, at) VALUES (?, ?, ?, ?, ?, ?)')
  return {
    keepRejected({ opId, scope, bytes }, { outcome, hubTime }) {
      if (outcome.kind === 'rejected') insert.run(opId, scope, bytes, outcome.code, JSON.stringify(outcome.params), hubTime)
    },
    keepOvertaken(scope, { opId, bytes, field, by }, at) {
      insert.run(opId, scope, bytes, 'text-overtaken', JSON.stringify({ field, by }), at)
    },
  }
}
