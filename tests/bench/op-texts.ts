import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { defaultClockRules } from '#domain/incidents/clocks.ts'
import { entryText } from './entry-texts.ts'
import { createRandom, uuidAt, type Random } from './random.ts'

/** Start time of the data sets, milliseconds since 1970. */
export const STARTED_AT = Date.UTC(2026, 0, 5)
const SPACING_MS = 7_000
const KINDS = [
  'observation',
  'observation',
  'action',
  'statement',
  'media-report',
  'customer-voice',
  'customer-voice',
  'regulator',
] as const
const TAGS = ['舆情', '门店', '法务', '客服', '媒体', '核实中']

export type Plot = {
  seed: number
  /** The number of entries of each incident; one incident per number. */
  entries: readonly number[]
}

export type Author = { memberId: string; replicaId: string; random: Random; counter: number }

/** An op of the author as text, with the next counter value. */
export function opText(
  author: Author,
  scope: string,
  entity: { kind: string; id: string },
  type: string,
  body: object,
  at: number,
): string {
  author.counter += 1
  return JSON.stringify({
    opId: uuidAt(at, author.random),
    scope,
    replicaId: author.replicaId,
    counter: author.counter,
    entity,
    type,
    version: 1,
    body,
    hlc: makeHlc(at, 0),
    baseSeq: 0,
  })
}

export function createAuthor(seed: number): Author {
  const random = createRandom(seed)
  return { memberId: uuidAt(STARTED_AT, random), replicaId: uuidAt(STARTED_AT, random), random, counter: 0 }
}

export function entryOp(author: Author, incidentId: string, index: number, at: number): string {
  const { random } = author
  const kind = KINDS[random.below(KINDS.length)] ?? 'observation'
  const tags = random.next() < 0.3 ? { tags: [TAGS[random.below(TAGS.length)]] } : {}
  const body = { kind, text: entryText(random, index), happenedAt: at - random.below(600_000), ...tags }
  return opText(author, incidentScope(incidentId), { kind: 'entry', id: uuidAt(at, random) }, 'entry.record', body, at)
}

/** The first ops of a data set: its member and its incidents. */
export function beginning(author: Author, incidents: number): { texts: string[]; incidentIds: string[] } {
  const texts = [
    opText(author, TEAM_SCOPE, { kind: 'member', id: author.memberId }, 'member.join', { name: '林晚', role: 'commander' }, STARTED_AT),
  ]
  const incidentIds: string[] = []
  for (let index = 0; index < incidents; index++) {
    const id = uuidAt(STARTED_AT + index, author.random)
    const body = {
      title: `事件 ${index + 1}`,
      type: 'product-problem',
      level: 1,
      stage: 'platform-spread',
      known: '',
      mode: 'real',
      declaredAt: STARTED_AT,
      clocks: defaultClockRules(1, true),
    }
    texts.push(opText(author, incidentScope(id), { kind: 'incident', id }, 'incident.declare', body, STARTED_AT))
    incidentIds.push(id)
  }
  return { texts, incidentIds }
}

/** All entries of a plot, incident by incident, in order of time. */
export function* entryOps(author: Author, plot: Plot, incidentIds: readonly string[]): Generator<string> {
  let index = 0
  for (const [which, count] of plot.entries.entries()) {
    for (let done = 0; done < count; done++) {
      yield entryOp(author, incidentIds[which] ?? '', index, STARTED_AT + index * SPACING_MS)
      index += 1
    }
  }
}
