import type { Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { naiveContact, shownContact } from './reference-contacts.ts'

/**
 * A second interpretation of a log, written without the product's fold: it reads record by record and stores each fact where it
 * applies. Slow and simple on purpose. Covers what screens show, not every field.
 */
export type NaiveState = Record<string, unknown>

type Write = { seq: number; baseSeq: number; time: number; count: number; replica: string; value: unknown }

/** Resolves a register: compares each write in turn with the current winner. */
function winner(writes: readonly Write[], first: unknown, equalIsNone: boolean): unknown {
  let standing: Write | undefined
  for (const write of writes) {
    if (equalIsNone && write.value === (standing ? standing.value : first)) continue
    const knew = standing === undefined || write.baseSeq >= standing.seq || write.replica === standing.replica
    const later =
      standing !== undefined &&
      [write.time - standing.time, write.count - standing.count, write.replica >= standing.replica ? 1 : -1].find(
        (difference) => difference !== 0,
      )
    if (knew || (typeof later === 'number' && later > 0)) standing = write
  }
  return standing ? standing.value : first
}

function parse(record: LogRecord): { record: LogRecord; op: Op }[] {
  return record.outcome.kind === 'accepted' ? [{ record, op: JSON.parse(record.bytes) as Op }] : []
}

export function naiveState(records: readonly LogRecord[]): Map<string, NaiveState> {
  const states = new Map<string, NaiveState>()
  const protocol = Map.groupBy(records.flatMap(parse), ({ op }) => `${op.entity.kind} ${op.entity.id}`)
  for (const [name, lines] of protocol) {
    const of = (type: string) => lines.filter(({ op }) => op.type === type)
    const registers = (type: string, field: string, first: unknown, equalIsNone = false) => {
      const writes = of(type)
        .filter(({ op }) => op.body[field] !== undefined)
        .map(({ record, op }): Write => {
          const said = Number.parseInt(op.hlc.slice(0, 12), 16)
          const time = said - record.hubTime > 60_000 ? record.hubTime : said
          return {
            seq: record.seq,
            baseSeq: Math.min(op.baseSeq, record.seq - 1),
            time,
            count: Number.parseInt(op.hlc.slice(12), 16),
            replica: op.replicaId,
            value: op.body[field],
          }
        })
      return winner(writes, first, equalIsNone)
    }
    const kind = name.slice(0, name.indexOf(' '))
    const first = lines[0]?.op.body ?? {}
    if (kind === 'member')
      states.set(name, { name: registers('member.change', 'name', first['name']), role: registers('member.change', 'role', first['role']) })
    if (kind === 'incident') {
      const met = new Map<string, unknown>()
      for (const { op } of lines) {
        if (op.type === 'incident.meet-clock') met.set(String(op.body['clock']), op.body['entryId'])
        if (op.type === 'incident.reopen-clock') met.delete(String(op.body['clock']))
      }
      const field = (one: string) => registers('incident.revise', one, first[one])
      states.set(name, {
        title: field('title'),
        known: field('known'),
        type: field('type'),
        stage: field('stage'),
        level: first['level'],
        met: Object.fromEntries([...met].toSorted()),
      })
    }
    if (kind === 'entry') {
      const content = of('entry.correct').at(-1)?.op.body['content'] as NaiveState | undefined
      let tags = (first['tags'] ?? []) as string[]
      for (const { op } of of('entry.tag')) {
        const gone = op.body['remove'] as string[]
        tags = [...new Set([...tags.filter((tag) => !gone.includes(tag)), ...(op.body['add'] as string[])])]
      }
      const links = new Map<unknown, unknown>()
      for (const { op } of of('entry.link')) {
        links.delete(op.body['to'])
        if (op.body['remove'] !== true) links.set(op.body['to'], op.body['relation'])
      }
      states.set(name, {
        kind: content?.['kind'] ?? first['kind'],
        text: content?.['text'] ?? first['text'],
        happenedAt: content?.['happenedAt'] ?? first['happenedAt'],
        corrections: of('entry.correct').length,
        starred: registers('entry.star', 'starred', false),
        tags,
        links: [...links],
        comments: of('entry.comment').map(({ op, record }) => [record.actor, op.body['text']]),
        evidence: new Set(of('entry.attach').map(({ op }) => JSON.stringify(op.body['evidence']))).size,
        author: lines[0]?.record.actor,
        recordedAt: lines[0]?.record.hubTime,
      })
    }
    if (kind === 'import') {
      const phases: Record<string, string> = {
        'import.begin': 'running',
        'import.complete': 'complete',
        'import.abandon': 'abandoned',
        'import.undo': 'undone',
        'import.restore': 'complete',
      }
      states.set(name, { phase: phases[lines.at(-1)?.op.type ?? ''] })
    }
    if (kind === 'notice') {
      const made = of('notice.made')[0]
      const told = made && { rule: made.op.body['rule'], cause: made.op.body['cause'], by: made.record.actor, at: made.record.hubTime }
      states.set(name, { told: told ?? null, read: registers('notice.read', 'read', false) })
    }
    if (kind === 'followers') {
      const members = new Map<string, boolean>()
      for (const { op, record } of lines) {
        const member = String(op.body['memberId'])
        if (op.type === 'followers.leave') members.set(record.actor, false)
        else if (op.body['why'] === 'chosen' || !members.has(member)) members.set(member, true)
      }
      states.set(name, { members: Object.fromEntries([...members].toSorted()) })
    }
    if (kind === 'contact')
      states.set(
        name,
        naiveContact(lines, (type, field, before) => registers(type, field, before, type === 'contact.revise')),
      )
    if (kind === 'bulletin') states.set(name, { number: first['number'], slot: first['slot'], mark: first['mark'], items: first['items'] })
    if (kind === 'bulletin-plan') {
      const set = lines.findLast(({ op }) => ['begin', 'rest', 'set'].some((act) => op.type === `bulletin-plan.${act}`))
      const last = of('bulletin-plan.advance').at(-1)?.op.body
      states.set(name, { on: set?.op.type === 'bulletin-plan.begin', last: last?.['number'] ?? 0, lastId: last?.['bulletinId'] ?? null })
    }
    if (kind === 'series') states.set(name, { name: first['name'] })
    if (kind === 'points') states.set(name, { points: first['points'], seriesId: first['seriesId'] })
  }
  return states
}

/** The product's state of an entity in the form of {@link naiveState}, for comparison. */
export function shownState(kind: string, state: NaiveState): NaiveState {
  const list = (field: string) => (state[field] ?? []) as NaiveState[]
  switch (kind) {
    case 'member':
      return { name: state['name'], role: state['role'] }
    case 'incident': {
      const met = list('clocks').flatMap((clock): [string, unknown][] =>
        clock['met'] ? [[String(clock['id']), (clock['met'] as NaiveState)['entryId']]] : [],
      )
      const { title, known, type, stage, level } = state
      return { title, known, type, stage, level, met: Object.fromEntries(met.toSorted()) }
    }
    case 'entry': {
      const { text, happenedAt, starred, tags, author, recordedAt } = state
      return {
        kind: state['kind'],
        text,
        happenedAt,
        corrections: list('corrections').length,
        starred,
        tags,
        links: list('links').map((link) => [link['to'], link['relation']]),
        comments: list('comments').map((comment) => [comment['author'], comment['text']]),
        evidence: list('evidence').length,
        author,
        recordedAt,
      }
    }
    case 'import':
      return { phase: state['phase'] }
    case 'notice': {
      const content = state['content'] as NaiveState | null
      return {
        told: content && { rule: content['rule'], cause: content['cause'], by: content['by'], at: content['at'] },
        read: state['read'],
      }
    }
    case 'followers': {
      const members = Object.entries(state['members'] as Record<string, { follows: boolean }>)
      return { members: Object.fromEntries(members.map(([id, { follows }]) => [id, follows] as const).toSorted()) }
    }
    case 'contact':
      return shownContact(state)
    case 'bulletin': {
      const { number, slot, mark, items } = state
      return { number, slot, mark, items }
    }
    case 'bulletin-plan': {
      const { on, last, lastId } = state
      return { on, last, lastId }
    }
    case 'series':
      return { name: state['name'] }
    default:
      return { points: state['points'], seriesId: state['seriesId'] }
  }
}
