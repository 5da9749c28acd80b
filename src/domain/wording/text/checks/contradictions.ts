import { sameSubject } from '../facts/subjects.ts'
import { addTo, blockText, type BlockText, type Spot } from './block-text.ts'
import { excerptOf } from './finding.ts'
import { signatureOf, statementsOf, type Statement, type StatementKind } from './statements.ts'

/** Another message of the incident that is live: people read it out now. */
export type OtherMessage = { id: string; title: string; blocks: readonly string[] }

/** Other messages with their statements, so that they are read once while a text is written. */
export type PreparedOthers = readonly { message: OtherMessage; byKey: ReadonlyMap<string, readonly Statement[]> }[]

export function prepareOthers(others: readonly OtherMessage[]): PreparedOthers {
  return others.map((message) => ({ message, byKey: groupByKey(onceEach(statementsOf(message.blocks.map(blockText)))) }))
}

/** The first of the statements that say the same. */
function onceEach(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.toReversed().map((statement) => [signatureOf(statement), statement])).values()].toReversed()
}

function groupByKey(statements: readonly Statement[]): Map<string, Statement[]> {
  return Map.groupBy(statements, ({ key }) => key)
}

/** Pairs of statements that are compared at most, so that many long messages do not stop the writing. */
const MOST_PAIRS = 300_000

/** A day without its year is the same day in any year. */
function isSame({ kind, value }: Statement, other: Statement): boolean {
  return value === other.value || (kind === 'date' && (value.endsWith(`-${other.value}`) || other.value.endsWith(`-${value}`)))
}

/**
 * Statements that differ from those of other messages about the same thing (CS-08, MS-10): another number, date, time or
 * telephone, or yes and no. A statement that the other message makes as well, or whose other side is in this text too, is
 * no contradiction: both texts then list several. At most one finding for each statement and message.
 */
export function contradictions(blocks: readonly BlockText[], others: PreparedOthers, kinds: readonly StatementKind[]): Map<number, Spot[]> {
  const spots = new Map<number, Spot[]>()
  const all = statementsOf(blocks).filter(({ kind }) => kinds.includes(kind))
  const bySignature = Map.groupBy(all, signatureOf)
  const own = groupByKey([...bySignature.values()].flatMap((same) => same[0] ?? []))
  let pairs = 0
  for (const { message, byKey } of others) {
    for (const [key, statements] of own) {
      const theirs = byKey.get(key) ?? []
      for (const statement of statements) {
        pairs += theirs.length
        if (pairs > MOST_PAIRS) return spots
        const against = contradicted(statement, statements, theirs)
        if (against === null) continue
        for (const said of bySignature.get(signatureOf(statement)) ?? []) addTo(spots, said.block, spotOf(said, against, message))
      }
    }
  }
  return spots
}

/** The statement of another message that a statement contradicts; null if there is none. @param own all of the text with its key */
function contradicted(statement: Statement, own: readonly Statement[], theirs: readonly Statement[]): Statement | null {
  const related = theirs.filter((other) => sameSubject(statement.subject, other.subject))
  if (related.some((other) => isSame(statement, other))) return null
  return related.find((other) => !own.some((one) => isSame(one, other) && sameSubject(one.subject, other.subject))) ?? null
}

function spotOf({ start, end, written, kind }: Statement, against: Statement, message: OtherMessage): Spot {
  return {
    start,
    end,
    params: { term: written, there: against.written, title: message.title, fact: kind },
    other: {
      messageId: message.id,
      title: message.title,
      block: against.block,
      start: against.start,
      end: against.end,
      excerpt: excerptOf(message.blocks[against.block] ?? '', against.start, against.end),
    },
  }
}
