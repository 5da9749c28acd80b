import { answerOf } from '../facts/answers.ts'
import type { FactKind } from '../facts/facts.ts'
import { clauseAt, clausesOf, subjectOf, type Subject } from '../facts/subjects.ts'
import type { BlockText } from './block-text.ts'

export type StatementKind = FactKind | 'answer'

/** A fact or an answer with its subject: what can contradict a statement of another message. */
export type Statement = {
  kind: StatementKind
  /** Statements with different keys are never compared: a price with a count, a weekday with a date. */
  key: string
  value: string
  subject: Subject
  block: number
  start: number
  end: number
  written: string
}

/** The same for statements that say the same about the same thing. */
export function signatureOf({ key, value, subject }: Statement): string {
  return `${key}|${value}|${[...subject].join(' ')}`
}

const HOTLINE = /热线|客服|咨询|致电|拨打|电话|hotline|call|phone/iu
/** All numbers to call about an incident are about the same thing. */
const HOTLINE_SUBJECT: Subject = new Set(['hotline'])
/** Statements of one text that are compared; a text with more is no wording. */
const MOST = 1000

/** The statements of a text: numbers with units, dates, times, telephones, and yes or no. */
export function statementsOf(blocks: readonly BlockText[]): Statement[] {
  const statements: Statement[] = []
  for (const { block, text, facts } of blocks) {
    const clauses = clausesOf(text)
    for (const { kind, quantity, value, start, end } of facts()) {
      if (kind === 'number' && quantity === '') continue
      const clause = clauseAt(text, clauses, { start, end })
      const around = `${text.slice(clause.start, start)} ${text.slice(end, clause.end)}`
      const subject = kind === 'phone' && HOTLINE.test(text.slice(Math.max(0, start - 16), end + 8)) ? HOTLINE_SUBJECT : subjectOf(around)
      const measure = kind === 'date' ? (/\d/u.test(value) ? 'day' : 'from-now') : quantity
      statements.push({ kind, key: `${kind}:${measure}`, value, subject, block, start, end, written: text.slice(start, end) })
    }
    for (const clause of clauses.slice(0, MOST)) {
      const answer = answerOf(text, { start: clause.start, end: Math.min(clause.end, clause.start + 120) })
      if (answer === null) continue
      const { predicate, value, start, end } = answer
      const subject = subjectOf(`${text.slice(clause.start, start)} ${text.slice(end, Math.min(clause.end, end + 60))}`)
      statements.push({ kind: 'answer', key: `answer:${predicate}`, value, subject, block, start, end, written: text.slice(start, end) })
    }
  }
  return statements.slice(0, MOST)
}
