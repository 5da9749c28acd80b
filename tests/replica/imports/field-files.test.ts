import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { CallInput } from '#contract/api.ts'
import { makeWorkbook, makeZip, workbookEntries } from '#tests/replica/tables/make-zip.ts'
import { declareIncident, openReadyWorkspace, waitForJob, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

type Reading = CallInput<'imports.inspect'>['reading']

/** Files from the field, which may not be distributed with the repository. */
const FIELD = resolve(import.meta.dirname, '../../../../shared/findings/field')
const skipped = existsSync(FIELD) ? '' : ' (skipped: ../shared/findings/field is not on this machine)'

async function openRoom() {
  const folder = makeTempFolder('field', 'quick')
  const under = await openReadyWorkspace(join(folder, 'data'))
  const incidentId = await declareIncident(under)
  return { under, incidentId, folder }
}

/** Inspects and checks a file as a timeline with the suggested mapping: the times in Shanghai time, the texts, the refused rows. */
async function readTimeline(under: WorkspaceUnderTest, incidentId: string, path: string, reading: Reading = {}) {
  const seen = await under.value('imports.inspect', { incidentId, source: { path }, reading })
  if (!seen.suggested.timeline) throw new Error(`no timeline was suggested for ${seen.columns.join(',')}`)
  const started = await under.value('imports.check', {
    incidentId,
    sourceId: seen.sourceId,
    reading,
    plan: { target: 'timeline', mapping: seen.suggested.timeline },
  })
  const { check, failure } = await waitForJob(under, started.jobId)
  const clock = (at: number) =>
    new Date(at + 8 * 3_600_000)
      .toISOString()
      .replace(/(?:\.000)?Z$/u, '')
      .replace('T', ' ')
  return {
    seen,
    failure,
    rows: (check?.preview ?? []).map(({ happenedAt, text }) => [clock(happenedAt), text]),
    good: check?.good ?? 0,
    refused: (check?.refusedRows ?? []).map(({ line, code }) => [line, code]),
  }
}

const AT = '2026-11-30 15:05:00'

test.skipIf(skipped !== '').for([
  ['01-xlsx-1904-saved-by-excel-2013.xlsx', [[AT, 'shown as 2026-11-30 15:05 in Excel']]],
  [
    '03-title-row-above-header.xlsx',
    [
      [AT, '第一条'],
      [AT, '第二条'],
    ],
  ],
  ['03b-two-row-header.xlsx', [[AT, '一条']]],
  [
    '03c-preamble.csv',
    [
      ['2026-11-30 10:00:00', '一条'],
      ['2026-11-30 10:05:00', '两条'],
    ],
  ],
  [
    '03d-sep-hint.csv',
    [
      ['2026-11-30 10:00:00', '他说,好'],
      ['2026-11-30 10:05:00', '二'],
    ],
  ],
  [
    '04-excel-csv-missing-trailing-commas.csv',
    [
      ['2026-11-30 10:00:00', '有备注'],
      ['2026-11-30 10:05:00', '无备注'],
      ['2026-11-30 10:06:00', '无备注二'],
    ],
  ],
  [
    '05-error-cell-in-unmapped-column.xlsx',
    [
      [AT, '正文完好'],
      [AT, '第二行'],
    ],
  ],
  [
    '05b-formula-without-value-in-unmapped-column.xlsx',
    [
      [AT, '正文完好'],
      [AT, '第二行'],
    ],
  ],
  ['06-date-and-time-in-two-columns.xlsx', [[AT, '分两列']]],
  [
    '10-no-header.csv',
    [
      ['2026-11-30 10:00:00', '第一条：收到投诉'],
      ['2026-11-30 10:05:00', '第二条'],
      ['2026-11-30 10:06:00', '第三条'],
    ],
  ],
  [
    '12-xlsx-1904-general-format.xlsx',
    [
      [AT, 'styled date'],
      [AT, 'general-format serial in 1904 workbook'],
    ],
  ],
  [
    '16-merged-date-cells.xlsx',
    [
      [AT, '第一条'],
      [AT, '第二条（日期合并）'],
      [AT, '第三条（日期合并）'],
    ],
  ],
  [
    '18-serial-rounding.xlsx',
    [
      [AT, '7 decimals of 15:05:00'],
      [AT, '5 decimals of 15:05:00'],
      [AT, 'full'],
    ],
  ],
  ['19-yyyymmddhh.csv', [['2026-11-30 15:00:00', '十五点的整点数据']]],
] as const)('%s gives its rows%s', async ([name, rows]) => {
  const { under, incidentId } = await openRoom()
  const read = await readTimeline(under, incidentId, join(FIELD, name))
  expect(read.rows).toEqual(rows)
  expect(read.refused).toEqual([])
})

test.skipIf(skipped !== '')(`the other real files give what they say${skipped}`, async () => {
  const { under, incidentId } = await openRoom()
  const cover = await readTimeline(under, incidentId, join(FIELD, '07-empty-cover-sheet.xlsx'))
  expect(cover.seen).toMatchObject({ sheets: ['封面', '时间线'], sheet: '时间线' })
  expect(cover.good).toBeGreaterThan(0)

  const repeated = await readTimeline(under, incidentId, join(FIELD, '08-repetitive-text.xlsx'))
  expect([repeated.good, repeated.refused]).toEqual([1500, []])

  const own = await readTimeline(under, incidentId, join(FIELD, '13-own-export.json'))
  expect(own.rows.map(([, text]) => text)).toEqual(['第一行\n第二行，含逗号, "引号"', '=SUM(A1)', '是否召回', '前后空格', '00123'])
  expect(own.refused).toEqual([])

  const big5 = await readTimeline(under, incidentId, join(FIELD, '14-big5.csv'), { encoding: 'big5' })
  expect([big5.seen.columns.length, big5.good]).toEqual([2, 1])

  const tagged = await readTimeline(under, incidentId, join(FIELD, '15-weibo-hashtags.csv'))
  expect([tagged.good, tagged.refused]).toEqual([3, []])

  const numbers = await under.value('imports.inspect', { incidentId, source: { path: join(FIELD, '24-dxf-number-format.xlsx') } })
  expect(numbers.sample).toEqual([['2026-11-30T15:05:00', '一条', '46356.5']])

  const marks = await under.value('imports.inspect', { incidentId, source: { path: join(FIELD, '09-superscript-numbers.csv') } })
  const mapping = {
    at: '时间',
    values: [{ column: '阅读量', name: '阅读量', unit: '', metric: 'spread' as const, reading: 'increments' as const }],
  }
  const checked = await waitForJob(
    under,
    (await under.value('imports.check', { incidentId, sourceId: marks.sourceId, plan: { target: 'numbers', mapping } })).jobId,
  )
  expect(checked.check?.refusedRows.map(({ line, code }) => [line, code])).toEqual([
    [2, 'not-a-number'],
    [3, 'not-a-number'],
    [4, 'not-a-number'],
  ])

  const cst = await readTimeline(under, incidentId, join(FIELD, '20-zone-CST.csv'), { zone: 'CST' })
  expect(cst.refused).toEqual([[2, 'unknown-zone']])
})

async function readText(content: string | Uint8Array, reading: Reading = {}, name = 'a.csv') {
  const { under, incidentId, folder } = await openRoom()
  const path = join(folder, name)
  writeFileSync(path, content)
  return readTimeline(under, incidentId, path, reading)
}

const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
const row = (line: number, ...cells: string[]) => `<row r="${line}">${cells.join('')}</row>`

test('the header is found under a title, groups of columns and lines of a preamble, or there is none; another row can be named', async () => {
  expect((await readText('某品牌舆情日报\n时间,内容\n2026-11-30 10:00,一\n')).seen).toMatchObject({
    headerRow: 2,
    columns: ['时间', '内容'],
  })
  expect((await readText('基本信息,,传播\n时间,内容,阅读量\n2026-11-30 10:00,一,5\n')).seen).toMatchObject({
    headerRow: 2,
    columns: ['时间', '内容', '阅读量'],
  })
  const none = await readText('2026-11-30 10:00,一\n2026-11-30 10:05,二\n')
  expect([none.seen.headerRow, none.rows.length]).toEqual([0, 2])
  const named = await readText('时间,内容\n说明,用法\n2026-11-30 10:00,一\n', { headerRow: 1 })
  expect([named.seen.headerRow, named.refused]).toEqual([1, [[2, 'not-a-date']]])
  expect(named.seen.leading).toEqual([
    ['时间', '内容'],
    ['说明', '用法'],
    ['2026-11-30 10:00', '一'],
  ])
  // The first row stays the header where later rows are wider only because the header lacks a name for the last column.
  expect((await readText('时间,内容,\n2026-11-30 10:00,一,x\n2026-11-30 10:05,二,y\n')).seen.headerRow).toBe(1)
})

test('a zone that the file names above its columns is told', async () => {
  expect((await readText('导出：定风波（时区：UTC）\n时间,内容\n2026-11-30 10:00,一\n')).seen.zone).toBe('UTC')
  expect((await readText('times in Europe/Berlin\n时间,内容\n2026-11-30 10:00,一\n')).seen.zone).toBe('Europe/Berlin')
  expect((await readText('时间,内容\n2026-11-30 10:00,一\n')).seen.zone).toBeNull()
})

test('an error in a column that is imported refuses its row, in another it does not', async () => {
  const rows =
    row(1, cell('A1', '时间'), cell('B1', '内容'), cell('C1', '备注')) +
    row(2, cell('A2', '2026-11-30 10:00'), cell('B2', '一'), '<c r="C2" t="e"><v>#N/A</v></c>') +
    row(3, cell('A3', '2026-11-30 10:05'), '<c r="B3" t="e"><v>#N/A</v></c>', cell('C3', 'x'))
  const read = await readText(makeWorkbook({ rows }), {}, 'a.xlsx')
  expect([read.rows.map(([, text]) => text), read.refused]).toEqual([['一'], [[3, 'cell-error']]])
})

test('merged cells count for the rows they stand beside, and make no row of an empty one', async () => {
  const rows =
    row(1, cell('A1', '时间'), cell('B1', '内容')) +
    row(2, cell('A2', '2026-11-30 10:00'), cell('B2', '一')) +
    row(3, cell('B3', '二')) +
    row(4) +
    row(5, cell('B5', '没有合并'))
  const book = makeZip(
    workbookEntries({ rows }).map((entry) =>
      String(entry.content).includes('<sheetData>')
        ? {
            ...entry,
            content: String(entry.content).replace(
              '</sheetData>',
              '</sheetData><mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>',
            ),
          }
        : entry,
    ),
  )
  const read = await readText(book, {}, 'a.xlsx')
  expect(read.rows).toEqual([
    ['2026-11-30 10:00:00', '一'],
    ['2026-11-30 10:00:00', '二'],
  ])
  expect(read.refused).toEqual([[5, 'date-missing']])
})

test('a workbook with a picture for every row and one with a thousand equal answers are tables', async () => {
  const rows =
    row(1, cell('A1', '时间'), cell('B1', '内容')) +
    Array.from({ length: 1500 }, (_, index) =>
      row(index + 2, cell(`A${index + 2}`, '2026-11-30 10:00'), cell(`B${index + 2}`, '同样的回答'.repeat(100))),
    ).join('')
  const pictures = Array.from({ length: 1001 }, (_, index) => ({ name: `xl/media/image${index}.png`, content: 'x' }))
  expect((await readText(makeZip([...workbookEntries({ rows }), ...pictures]), {}, 'a.xlsx')).good).toBe(1500)
})

test('tags as Weibo writes them are tags', async () => {
  const { under, incidentId, folder } = await openRoom()
  const path = join(folder, 'a.csv')
  writeFileSync(path, '时间,内容,标签\n2026-11-30 10:00,一,#召回#\n2026-11-30 10:01,二,#召回##道歉#\n2026-11-30 10:02,三,＃质检＃\n')
  const seen = await under.value('imports.inspect', { incidentId, source: { path } })
  const started = await under.value('imports.check', {
    incidentId,
    sourceId: seen.sourceId,
    plan: { target: 'timeline', mapping: { happenedAt: '时间', text: ['内容'], tags: '标签', defaultKind: 'observation' } },
  })
  await waitForJob(under, started.jobId)
  await under.value('imports.write', { jobId: started.jobId })
  await waitForJob(under, started.jobId)
  const { rows } = await under.value('timeline.page', { incidentId, filter: { kinds: ['observation'] }, page: 0 })
  expect(rows.map(({ tags }) => tags)).toEqual([['召回'], ['召回', '道歉'], ['质检']])
})

test('our own JSON export comes back: entries with their kind, time, tags and decision; what the app noted stays behind', async () => {
  const { under, incidentId } = await openRoom()
  await under.value('timeline.record', {
    incidentId,
    kind: 'decision',
    text: '召回',
    happenedAt: Date.parse('2026-11-30T02:00:00Z'),
    decision: { reason: '风险太高', decidedBy: '林晚' },
    tags: ['召回', '微博'],
  })
  const made = await under.value('exports.make', { incidentId, format: 'json', language: 'zh-Hans', zone: 'UTC' })
  const { bytes } = await under.value('exports.read', { exportId: made.exportId, offset: 0 })
  const read = await readText(bytes, {}, 'own.json')
  expect(read.seen.suggested.timeline).toMatchObject({
    happenedAt: 'happenedAt',
    text: ['text'],
    kind: 'kind',
    tags: 'tags',
    reason: 'reason',
    decidedBy: 'decidedBy',
  })
  expect([read.rows, read.refused]).toEqual([[['2026-11-30 10:00:00', '召回']], []])
})

test('twenty million empty columns are refused before a cell is made of them', async () => {
  const { under, incidentId, folder } = await openRoom()
  const path = join(folder, 'wide.csv')
  writeFileSync(path, `时间,内容${','.repeat(20_000_001)}\n`)
  const answer = await under.call('imports.inspect', { incidentId, source: { path } })
  expect(answer).toMatchObject({ ok: false, failure: { code: 'table-unreadable', params: { code: 'too-many-columns' } } })
  const excel = await readText(`时间,内容${','.repeat(16_382)}\n2026-11-30 10:00,一${','.repeat(16_382)}\n`)
  expect(excel.rows).toEqual([['2026-11-30 10:00:00', '一']])
})
