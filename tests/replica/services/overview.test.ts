import type { Workspace } from '#workspace/workspace.ts'
import { expect, test } from 'vitest'
import { done, openIncident, refused } from './open-incident.ts'

const HOUR = 3_600_000

type Handlers = Workspace['handlers']
const outlineOf = (handlers: Handlers, incidentId: string) => done(handlers['incidents.outline']({ incidentId }))
const wallOf = (handlers: Handlers, incidentId: string) => done(handlers['incidents.wall']({ incidentId }))

test('the outline of an incident: first entry, levels over time, key entries, peaks and grades', async () => {
  const { handlers, incident } = await openIncident()
  const incidentId = incident.id
  expect(await outlineOf(handlers, incidentId)).toMatchObject({
    firstEntryAt: null,
    levels: [{ at: incident.declaredAt, level: 1 }],
    composite: null,
    highest: null,
    entries: [{ event: { code: 'declared' } }],
    peaks: [],
  })

  const start = incident.declaredAt - 5 * HOUR
  const write = (kind: 'observation' | 'decision' | 'statement', text: string, hour: number) =>
    done(
      handlers['timeline.record']({
        incidentId,
        kind,
        text,
        happenedAt: start + hour * HOUR,
        ...(kind === 'decision' ? { decision: { reason: '安全', decidedBy: '林舟' } } : {}),
      }),
    )
  await write('observation', '第一条视频', 0)
  const seen = await write('observation', '加星的观察', 1)
  await done(handlers['timeline.star']({ incidentId, entryId: seen.id, starred: true }))
  await write('decision', '停售', 2)
  await write('statement', '首次声明', 3)
  await done(handlers['incidents.changeLevel']({ incidentId, to: 2, reason: '回落' }))
  await done(handlers['incidents.changeLevel']({ incidentId, to: 1, reason: '再起' }))
  const first = await done(
    handlers['risk.enterNumber']({
      incidentId,
      series: { name: '投诉', unit: '件', metric: 'spread', reading: 'increments' },
      at: start,
      value: 10,
    }),
  )
  await done(handlers['risk.enterNumber']({ incidentId, series: { seriesId: first.id }, at: start + 2 * HOUR, value: 25 }))
  await done(handlers['risk.enterNumber']({ incidentId, series: { seriesId: first.id }, at: start + 2 * HOUR + 1000, value: 15 }))
  await done(
    handlers['risk.enterNumber']({
      incidentId,
      series: { name: '负面占比', unit: '%', metric: 'sentiment', reading: 'level' },
      at: start,
      value: 74,
    }),
  )

  const outline = await outlineOf(handlers, incidentId)
  expect(outline.firstEntryAt).toBe(start)
  expect(outline.levels.map(({ level }) => level)).toEqual([1, 2, 1])
  expect(outline.entries.map((entry) => entry.event?.code ?? entry.text)).toEqual([
    '加星的观察',
    '停售',
    '首次声明',
    'declared',
    'level-changed',
    'level-changed',
  ])
  expect(outline.peaks.find(({ metric }) => metric === 'spread')).toMatchObject({ value: 40, hourly: true })
  expect(outline.peaks.find(({ metric }) => metric === 'sentiment')).toMatchObject({ value: 74, hourly: false, at: start })
  expect(outline).toMatchObject({ composite: 4, highest: { grade: 4 }, entryTotal: 6 })
})

test('LI-03: the wall holds nothing of customers: no voice of theirs, no number or address, no comment, no evidence, not what is known', async () => {
  const { handlers, incident } = await openIncident()
  const incidentId = incident.id
  await done(handlers['incidents.revise']({ incidentId, title: '客户 13812345678 投诉起火', known: '客户王女士住朝阳区' }))
  const voice = await done(handlers['timeline.record']({ incidentId, kind: 'customer-voice', text: '我是王女士，我要赔偿' }))
  await done(handlers['timeline.star']({ incidentId, entryId: voice.id, starred: true }))
  const decision = await done(
    handlers['timeline.record']({
      incidentId,
      kind: 'decision',
      text: '致电 13812345678 道歉',
      decision: { reason: '王女士伤势', decidedBy: '林舟' },
    }),
  )
  await done(handlers['timeline.comment']({ incidentId, entryId: decision.id, text: '王女士的评论' }))
  await done(
    handlers['tasks.create']({
      incidentId,
      task: {
        title: '回访 wang@example.com',
        detail: '王女士',
        phase: '预警期',
        department: null,
        owner: '',
        dueAt: null,
        checklist: [],
        blockedBy: [],
      },
    }),
  )
  const wall = await wallOf(handlers, incidentId)
  const shown = JSON.stringify(wall)
  for (const secret of ['13812345678', '王女士', 'wang@', '赔偿']) expect(shown).not.toContain(secret)
  expect(wall.incident.title).toBe('客户 138****5678 投诉起火')
  expect(wall.entries.map(({ text }) => text)).toEqual(['致电 138****5678 道歉'])
})

test('the wall has the six newest of decisions, statements and stars, and tasks by layer with what holds what up (OR-06…OR-08)', async () => {
  const { handlers, incident } = await openIncident()
  const incidentId = incident.id
  for (let at = 1; at <= 8; at += 1)
    await done(
      handlers['timeline.record']({
        incidentId,
        kind: at % 2 === 0 ? 'statement' : 'observation',
        text: `第 ${at} 条`,
        happenedAt: incident.declaredAt + at,
      }),
    )
  for (let at = 10; at <= 14; at += 1)
    await done(handlers['timeline.record']({ incidentId, kind: 'statement', text: `第 ${at} 条`, happenedAt: incident.declaredAt + at }))
  for (const [name, layer] of [
    ['许岚', 'coordination'],
    ['周敏', 'execution'],
  ] as const) {
    await done(
      handlers['people.assign']({ incidentId, layer, department: layer === 'execution' ? 'pr' : null, name, backup: '', duty: '' }),
    )
  }
  const make = (title: string, owner: string, department: 'pr' | 'legal' | null, blockedBy: string[] = []) =>
    done(
      handlers['tasks.create']({
        incidentId,
        task: { title, detail: '', phase: '预警期', department, owner, dueAt: null, checklist: [], blockedBy },
      }),
    )
  const first = await make('查批次', '', 'legal')
  await make('写公告', '周敏', 'pr', [first.id])
  await make('汇总', '许岚', 'pr')
  await make('拍板', '林舟', null)
  await make('没人要', '', null)
  const finished = await make('做完了', '', null)
  await done(handlers['tasks.move']({ incidentId, taskId: finished.id, to: 'done', note: '' }))
  const wall = await wallOf(handlers, incidentId)
  expect(wall.entries.map(({ text }) => text)).toEqual([14, 13, 12, 11, 10, 8].map((at) => `第 ${at} 条`))
  expect(wall.tasks.map(({ title, layer, waitsFor, holdsUp }) => [title, layer, waitsFor, holdsUp])).toEqual([
    ['查批次', 'execution', 0, 1],
    ['写公告', 'execution', 1, 0],
    ['汇总', 'coordination', 0, 0],
    ['拍板', 'decision', 0, 0],
    ['没人要', 'coordination', 0, 0],
  ])
})

test('an incident that is not here is a plain failure of both reads', async () => {
  const { handlers } = await openIncident()
  const incidentId = '0193a6e0-0000-7000-8000-000000000000'
  expect((await refused(handlers['incidents.outline']({ incidentId }))).code).toBe('not-found')
  expect((await refused(handlers['incidents.wall']({ incidentId }))).code).toBe('not-found')
})
