import fc from 'fast-check'
import { CLOCK_IDS, defaultClockRules } from '#domain/incidents/clocks.ts'
import { STAGES } from '#domain/incidents/incident.ts'
import { INCIDENT_TYPE_IDS } from '#domain/incidents/incident-types.ts'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { LINK_RELATIONS, type EntryState, type SystemEvent } from '#domain/timeline/entry.ts'
import { noteText } from '#domain/timeline/system-notes.ts'
import { MEMBER_ROLES } from '#domain/members/member.ts'
import type { Draft } from '#replica/store/replica-store.ts'
import { sha256 } from '#tests/support/log-texts.ts'

/** What was created so far in the whole team; a device may not have received all of it. */
export type World = {
  members: string[]
  incidents: string[]
  entries: { incident: string; id: string }[]
  imports: { incident: string; id: string }[]
  series: { incident: string; id: string }[]
}

export type Act = { name: ActName; a: number; b: number; c: number }

type Maker = (world: World, act: Act, hand: Hand) => Draft[]

/** What an act can use: the device's clock, new ids, and the entities as its user sees them. */
export type Hand = { now: number; uuid(): string; seen(kind: string, id: string): unknown }

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list.length === 0 ? undefined : list[index % list.length]
}

const TEXTS = ['微博出现投诉', '客服已致电', '媒体来电 media call', '发布声明', '热度下降'] as const
const TAGS = ['微博', '食品安全', 'recall', '门店'] as const

const onEntry =
  (type: string, body: (world: World, act: Act, hand: Hand, entry: World['entries'][number]) => Record<string, unknown> | null): Maker =>
  (world, act, hand) => {
    const entry = pick(world.entries, act.a)
    const made = entry ? body(world, act, hand, entry) : null
    return entry && made ? [{ scope: incidentScope(entry.incident), kind: 'entry', id: entry.id, type, body: made }] : []
  }

const onImport =
  (type: string, body: Record<string, unknown> = {}): Maker =>
  (world, act) => {
    const one = pick(world.imports, act.a)
    return one ? [{ scope: incidentScope(one.incident), kind: 'import', id: one.id, type, body }] : []
  }

function happenedAt(hand: Hand, entryId: string, act: Act): number {
  const entry = hand.seen('entry', entryId) as { state: EntryState } | undefined
  // Sometimes the act names a time that the entry does not have.
  return (entry?.state.happenedAt ?? hand.now) + (act.c % 7 === 6 ? 1 : 0)
}

const MAKERS = {
  declare: (_world, { a, b, c }, hand) => {
    const id = hand.uuid()
    const level = ([1, 2, 3] as const)[a % 3] ?? 1
    const body = {
      title: `事件 ${a}`,
      type: pick(INCIDENT_TYPE_IDS, b),
      level,
      stage: pick(STAGES, c),
      known: '',
      mode: a % 2 === 0 ? 'real' : 'drill',
      declaredAt: hand.now,
      clocks: defaultClockRules(level, b % 2 === 0),
    }
    return [{ scope: incidentScope(id), kind: 'incident', id, type: 'incident.declare', body }]
  },
  record: (world, { a, b, c }, hand) => {
    const incident = pick(world.incidents, a)
    if (incident === undefined) return []
    const body = { kind: 'observation', text: `${pick(TEXTS, b)} ${c}`, happenedAt: hand.now - c * 60_000, tags: [pick(TAGS, c)] }
    return [{ scope: incidentScope(incident), kind: 'entry', id: hand.uuid(), type: 'entry.record', body }]
  },
  recordAndMeet: (world, { a, b }, hand) => {
    const incident = pick(world.incidents, a)
    if (incident === undefined) return []
    const entry = hand.uuid()
    const scope = incidentScope(incident)
    const met: SystemEvent = { code: 'clock-met', params: { clock: pick(CLOCK_IDS, b) ?? '', entryId: entry } }
    return [
      { scope, kind: 'entry', id: entry, type: 'entry.record', body: { kind: 'statement', text: '首次声明', happenedAt: hand.now } },
      {
        scope,
        kind: 'incident',
        id: incident,
        type: 'incident.meet-clock',
        body: { clock: pick(CLOCK_IDS, b), entryId: entry, metAt: hand.now },
        after: [0],
      },
      {
        scope,
        kind: 'entry',
        id: hand.uuid(),
        type: 'entry.record',
        body: { kind: 'system', text: noteText(met), happenedAt: hand.now, event: met },
        after: [1],
      },
    ]
  },
  correct: onEntry('entry.correct', (_world, { b, c }, hand) => ({
    content: { kind: 'action', text: `${pick(TEXTS, b)}（更正）`, happenedAt: hand.now - c },
    reason: '核实后更正',
  })),
  star: onEntry('entry.star', (_world, { b }) => ({ starred: b % 2 === 0 })),
  tag: onEntry('entry.tag', (_world, { b, c }) => ({ add: [pick(TAGS, b)], remove: c % 2 === 0 ? [pick(TAGS, c)] : [] })),
  comment: onEntry('entry.comment', (_world, { b }, hand) => ({ commentId: hand.uuid(), text: `意见 ${b}` })),
  link: onEntry('entry.link', (world, { b, c }) => {
    const to = pick(world.entries, b)
    return to ? { to: to.id, relation: pick(LINK_RELATIONS, c), ...(c % 4 === 3 ? { remove: true } : {}) } : null
  }),
  attach: onEntry('entry.attach', (_world, { b }) => ({
    evidence: { hash: sha256(String(b)), name: `截图${b}.png`, size: b, mime: 'image/png' },
  })),
  revise: (world, { a, b, c }) => {
    const incident = pick(world.incidents, a)
    if (incident === undefined) return []
    const body = [{ title: `标题 ${c}` }, { stage: pick(STAGES, c) }, { known: `已知 ${c}`, type: pick(INCIDENT_TYPE_IDS, c) }][b % 3] ?? {}
    return [{ scope: incidentScope(incident), kind: 'incident', id: incident, type: 'incident.revise', body }]
  },
  meetClock: (world, act, hand) => {
    const entry = pick(world.entries, act.a)
    if (!entry) return []
    const body = { clock: pick(CLOCK_IDS, act.b), entryId: entry.id, metAt: happenedAt(hand, entry.id, act) }
    return [{ scope: incidentScope(entry.incident), kind: 'incident', id: entry.incident, type: 'incident.meet-clock', body }]
  },
  reopenClock: (world, { a, b }) => {
    const incident = pick(world.incidents, a)
    if (incident === undefined) return []
    return [
      {
        scope: incidentScope(incident),
        kind: 'incident',
        id: incident,
        type: 'incident.reopen-clock',
        body: { clock: pick(CLOCK_IDS, b), reason: '声明撤回' },
      },
    ]
  },
  stopClock: (world, { a, b }) => {
    const incident = pick(world.incidents, a)
    if (incident === undefined) return []
    return [
      {
        scope: incidentScope(incident),
        kind: 'incident',
        id: incident,
        type: 'incident.stop-clock',
        body: { clock: pick(CLOCK_IDS, b), reason: '不适用' },
      },
    ]
  },
  importBegin: (world, { a, b }, hand) => {
    const incident = pick(world.incidents, a)
    if (incident === undefined) return []
    const body = { fileName: `表${b}.csv`, fileHash: sha256(`file ${b}`), target: 'timeline' }
    return [{ scope: incidentScope(incident), kind: 'import', id: hand.uuid(), type: 'import.begin', body }]
  },
  importRow: (world, { a, b, c }, hand) => {
    const one = pick(world.imports, a)
    if (!one) return []
    const body = { kind: 'media-report', text: `导入行 ${b}`, happenedAt: hand.now, importId: one.id, sourceLine: 2 + c }
    return [{ scope: incidentScope(one.incident), kind: 'entry', id: hand.uuid(), type: 'entry.record', body }]
  },
  importComplete: onImport('import.complete', { imported: 1, refused: 0 }),
  importAbandon: onImport('import.abandon'),
  importUndo: onImport('import.undo'),
  importRestore: onImport('import.restore'),
  series: (world, { a, b }, hand) => {
    const incident = pick(world.incidents, a)
    if (incident === undefined) return []
    return [
      {
        scope: incidentScope(incident),
        kind: 'series',
        id: hand.uuid(),
        type: 'series.create',
        body: { name: `转发 ${b}`, unit: '次', metric: 'spread' },
      },
    ]
  },
  points: (world, { a, b }, hand) => {
    const one = pick(world.series, a)
    if (!one) return []
    const points = Array.from({ length: 1 + (b % 5) }, (_, index) => [hand.now + index * 600_000, b * index])
    return [
      {
        scope: incidentScope(one.incident),
        kind: 'points',
        id: hand.uuid(),
        type: 'series.add-points',
        body: { seriesId: one.id, points },
      },
    ]
  },
  memberChange: (world, { a, b, c }) => {
    const member = pick(world.members, a)
    return member === undefined
      ? []
      : [
          {
            scope: TEAM_SCOPE,
            kind: 'member',
            id: member,
            type: 'member.change',
            body: b % 2 === 0 ? { name: `名 ${c}` } : { role: pick(MEMBER_ROLES, c) },
          },
        ]
  },
} satisfies Record<string, Maker>

export type ActName = keyof typeof MAKERS

/** The drafts of an act; empty while nothing exists that it applies to. */
export function draftsOf(world: World, act: Act, hand: Hand): Draft[] {
  return MAKERS[act.name](world, act, hand)
}

/** Adds to the world what accepted drafts have created. */
export function noteMade(world: World, drafts: readonly Draft[]): void {
  for (const { type, id, scope } of drafts) {
    const incident = scope.slice('incident:'.length)
    if (type === 'incident.declare') world.incidents.push(id)
    if (type === 'entry.record') world.entries.push({ incident, id })
    if (type === 'import.begin') world.imports.push({ incident, id })
    if (type === 'series.create') world.series.push({ incident, id })
  }
}

const OFTEN: readonly ActName[] = [
  'record',
  'record',
  'recordAndMeet',
  'star',
  'revise',
  'revise',
  'tag',
  'comment',
  'correct',
  'meetClock',
]

/** Any act; common acts are drawn more often. */
export const anyAct: fc.Arbitrary<Act> = fc.record({
  name: fc.oneof(fc.constantFrom(...OFTEN), fc.constantFrom(...(Object.keys(MAKERS) as ActName[]))),
  a: fc.nat(11),
  b: fc.nat(11),
  c: fc.nat(11),
})
