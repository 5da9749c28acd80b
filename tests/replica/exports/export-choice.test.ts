import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { cellIn, readSheets, styleOf, textsIn, workbookPartsOf } from '#tests/support/excel-sheets.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { declareIncident, openReadyWorkspace, waitForJob } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { fetchExport } from './fetch-export.ts'

const LONG = '客户在门店反映饮水机有异味，店员未按流程处理，随后在社交平台发布视频。'.repeat(8)

async function openRoom() {
  const folder = makeTempFolder('export-choice', 'quick')
  // A time with milliseconds, which a table must not show.
  const clock = createFakeClock(TWO_AT_NIGHT + 123)
  const under = await openReadyWorkspace(join(folder, 'data'), clock.now)
  const incidentId = await declareIncident(under, { title: '门店饮用水投诉' })
  const starred = await under.value('timeline.record', { incidentId, kind: 'observation', text: LONG })
  await under.value('timeline.star', { incidentId, entryId: starred.id, starred: true })
  await under.value('timeline.record', { incidentId, kind: 'action', text: '通知门店' })
  await under.value('tasks.create', {
    incidentId,
    task: {
      title: '联系客户',
      detail: '电话 13812345678',
      phase: '第一小时',
      department: 'pr',
      owner: '林舟',
      dueAt: TWO_AT_NIGHT + 3_600_000,
      checklist: ['道歉'],
      blockedBy: [],
    },
  })
  await under.value('people.assign', { incidentId, layer: 'decision', department: null, name: '周总', backup: '', duty: '拍板' })
  await under.value('risk.assess', {
    incidentId,
    inputs: { growth24h: null, negativeShare: 60, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null },
    verdict: 'noted',
    reason: '评论转负',
  })
  return { folder, under, incidentId, clock }
}

test('Markdown tells the zone once, has tasks, people and the risk with what it rests on, and shows no seconds', async () => {
  const { under, incidentId } = await openRoom()
  const text = (await fetchExport(under, incidentId, 'md')).bytes.toString()
  expect(text.split('\n').filter((line) => line.startsWith('## '))).toEqual(['## 时限', '## 任务', '## 人员', '## 风险', '## 时间线'])
  expect(text.match(/Asia\/Shanghai/gu)).toHaveLength(1)
  expect(text).not.toMatch(/\+08:00|\d\d:\d\d:\d\d/u)
  expect(text).toContain('内容: 全部记录、任务、人员、风险')
  for (const part of ['联系客户', '待办', '林舟', '周总', '决策层', '评论转负', '/5，1/4 项有数字，最新 2026-03-15 02:00'])
    expect(text).toContain(part)
  expect(text).not.toContain('13812345678')
})

test('only the highlights, and without the parts that were left out; the file says which', async () => {
  const { under, incidentId } = await openRoom()
  const chosen = { entries: 'starred', parts: ['people'] } as const
  const more = { ...chosen, parts: [...chosen.parts] }
  const text = (await fetchExport(under, incidentId, 'md', more)).bytes.toString()
  expect(text).toContain('内容: 只有精选、人员')
  expect(text.split('\n').filter((line) => line.startsWith('### '))).toHaveLength(1)
  for (const part of ['通知门店', '联系客户', '评论转负']) expect(text).not.toContain(part)
  expect((parse((await fetchExport(under, incidentId, 'csv', more)).bytes, { bom: true }) as string[][]).length).toBe(2)
  expect((await readSheets((await fetchExport(under, incidentId, 'xlsx', more)).bytes)).map(({ name }) => name)).toEqual([
    '概要',
    '时间线',
    '时限',
    '人员',
    '数据',
  ])
  const document = JSON.parse((await fetchExport(under, incidentId, 'json', more)).bytes.toString()) as Record<string, unknown>
  expect(document['contents']).toMatchObject(chosen)
  expect(Object.keys(document)).toEqual(expect.arrayContaining(['people']))
  for (const part of ['tasks', 'plans', 'risk', 'assessments']) expect(document).not.toHaveProperty(part)
})

test('JSON holds tasks, plans, people, risk and assessments, masked, and says what it does not hold', async () => {
  const { under, incidentId } = await openRoom()
  const plan = (await under.value('plans.list', {}))[0]
  await under.value('plans.apply', { incidentId, planId: plan?.id ?? '', language: 'zh-Hans' })
  const text = (await fetchExport(under, incidentId, 'json')).bytes.toString()
  const document = JSON.parse(text) as Record<string, unknown>
  expect(document).toMatchObject({
    zone: 'Asia/Shanghai',
    contents: {
      entries: 'all',
      parts: ['tasks', 'people', 'risk'],
      notIncluded: expect.arrayContaining(['content of evidence files']) as unknown,
    },
    people: [{ name: '周总' }],
    plans: [{ id: plan?.id, version: 1 }],
    assessments: [{ reason: '评论转负', verdict: 'noted' }],
    risk: { assessment: { composite: expect.any(Number) as unknown } },
  })
  expect((document['tasks'] as { title: string }[]).some(({ title }) => title === '联系客户')).toBe(true)
  expect(text).not.toContain('13812345678')
})

test('XLSX: a first sheet that says what it is, columns as wide as what is in them, long texts wrapped, whole seconds', async () => {
  const { under, incidentId } = await openRoom()
  const { bytes } = await fetchExport(under, incidentId, 'xlsx')
  const sheets = await readSheets(bytes)
  const [summary, timeline] = sheets
  const textsOf = (name: string) => textsIn(sheets.filter((sheet) => sheet.name === name))
  for (const part of ['门店饮用水投诉', '一级 · 高风险', '进行中', '安', '2026-03-15 02:00', 'Asia/Shanghai'])
    expect(textsOf(summary?.name ?? '')).toContain(part)
  expect(timeline?.rows[0]?.[0]).toBe('时区：Asia/Shanghai')
  const header = timeline?.rows[1] ?? []
  expect(header).not.toContain('编号')
  const parts = await workbookPartsOf(bytes)
  const sheet = parts.get('xl/worksheets/sheet2.xml') ?? ''
  const styles = parts.get('xl/styles.xml') ?? ''
  const widths = [...sheet.matchAll(/<col [^>]*width="(\d+)"/gu)].map(([, width]) => Number(width))
  expect(widths).toHaveLength(header.length)
  expect(widths[header.indexOf('内容')]).toBeGreaterThan(50)
  expect(widths[header.indexOf('星标')]).toBeLessThan(15)
  expect(timeline?.rows[3]?.[header.indexOf('内容')]).toBe(LONG)
  const column = String.fromCharCode(65 + header.indexOf('内容'))
  expect(styleOf(styles, cellIn(sheet, `${column}4`)?.attributes ?? '')).toContain('wrapText="1"')
  expect(sheet).toMatch(/<pane ySplit="2" topLeftCell="A3"[^>]* state="frozen"/u)
  const at = timeline?.rows[3]?.[0]
  expect(at).toBeInstanceOf(Date)
  const serial = Number(/<v>(.*)<\/v>/u.exec(cellIn(sheet, 'A4')?.content ?? '')?.[1])
  expect(Math.abs(serial * 86_400 - Math.round(serial * 86_400))).toBeLessThan(0.001)
  expect(textsOf('任务')).toContain('联系客户')
  expect(textsOf('数据')).toContain('数值')
})

test('ids of entries and lines of imported files stand in tables where they are asked for, as the last columns', async () => {
  const { under, incidentId } = await openRoom()
  const headerOf = async (ids: boolean) =>
    (parse((await fetchExport(under, incidentId, 'csv', { ids })).bytes, { bom: true }) as string[][])[0] ?? []
  expect(await headerOf(false)).not.toContain('编号')
  expect((await headerOf(true)).slice(-2)).toEqual(['来源行', '编号'])
})

test.each(['UTC', 'America/New_York', 'Asia/Shanghai'])(
  'our own workbook in %s is read on its own clock, from its timeline',
  async (zone) => {
    const { under, incidentId, folder } = await openRoom()
    const path = join(folder, 'own.xlsx')
    writeFileSync(path, (await fetchExport(under, incidentId, 'xlsx', { zone })).bytes)
    const source = await under.value('imports.inspect', { incidentId, source: { path } })
    expect(source).toMatchObject({ sheet: '时间线', zone, suggested: { timeline: { happenedAt: '发生时间', text: ['内容'] } } })
    const into = await declareIncident(under, { title: '重读' })
    const mapping = { happenedAt: '发生时间', text: ['内容'], defaultKind: 'observation' as const }
    const checked = await under.value('imports.check', {
      incidentId: into,
      sourceId: source.sourceId,
      plan: { target: 'timeline', mapping },
      reading: { zone: source.zone ?? '' },
    })
    await waitForJob(under, checked.jobId)
    await under.value('imports.write', { jobId: checked.jobId })
    await waitForJob(under, checked.jobId)
    const { rows } = await under.value('timeline.page', { incidentId: into, filter: { kinds: ['observation'] }, page: 0 })
    // A table has times in whole seconds.
    expect(rows.find(({ text }) => text === LONG)?.happenedAt).toBe(TWO_AT_NIGHT)
  },
)

test('a hand-over is short in a document: its whole summary is in the tables', async () => {
  const { under, incidentId } = await openRoom()
  await under.value('incidents.handOver', {
    incidentId,
    memberId: null,
    name: '周岚',
    summary: Array.from({ length: 25 }, (_, line) => `第 ${line + 1} 项待办`).join('\n'),
  })
  const text = (await fetchExport(under, incidentId, 'md')).bytes.toString()
  expect(text).toContain('安 把指挥交给 周岚')
  expect(text).toContain('第 3 项待办')
  expect(text).not.toContain('第 4 项待办')
  expect(text).toContain('另有 22 行')
  expect((await fetchExport(under, incidentId, 'csv')).bytes.toString()).toContain('第 25 项待办')
})
