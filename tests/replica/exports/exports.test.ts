import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSheets, workbookPartsOf } from '#tests/support/excel-sheets.ts'
import { plainMarkdown } from '#replica/exports/write-markdown.ts'
import { isStorable } from '#domain/log/storable-text.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { idOf } from '#tests/support/log-texts.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { seeded } from '#tests/support/seeded.ts'
import { declareIncident, openReadyWorkspace, waitForJob } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { fetchExport } from './fetch-export.ts'
import { PAYLOADS } from '../tables/write/payloads.ts'

async function openRoom(title = '门店饮用水投诉') {
  const folder = makeTempFolder('exports', 'quick')
  const clock = createFakeClock()
  const under = await openReadyWorkspace(join(folder, 'data'), clock.now)
  const incidentId = await declareIncident(under, { title })
  return { folder, under, incidentId, clock }
}

/** Markup that is still active in a document, with every escaped character counted as a letter. */
function whatActs(markdown: string): string[] {
  const bare = markdown.replaceAll(/\\[!-/:-@[-`{-~]/gu, 'x')
  return bare.split(/\r\n|[\r\n]/u).filter((line) => /[<>[\]`*_|#&~\\]|^\s*([-+=]|\d+[.)])|^(\t| {4})/u.test(line))
}

const HOSTILE = [
  '# 标题',
  '[链接](javascript:alert(1))',
  '![图](https://example.com/x.png)',
  '<script>alert(1)</script>',
  '<!-- 注释',
  '| a | b |\n| --- | --- |',
  '```\n代码\n```',
  '    缩进的代码',
  ' \t缩进的代码',
  '> 引用',
  '1. 一\n2) 二',
  '- 项\n+ 项\n* 项',
  '标题\n===\n另一个\n---',
  '&lt;b&gt; &copy;',
  '[ref]: https://example.com',
  '~~删~~ **粗** _斜_',
  '行末反斜线\\',
  '\\# 已有反斜线',
]

test.for(HOSTILE)('Markdown: %j stays text', (text) => {
  expect(whatActs(plainMarkdown(text))).toEqual([])
})

test('property: no text acts in a document, and with the escapes taken off again every sign of it is there', () => {
  const character = fc.constantFrom(...'#*_[]()<>`|~!&\\-+=1.)ab字 \n\t')
  fc.assert(
    fc.property(fc.array(character, { maxLength: 40 }), (characters) => {
      const text = characters.join('')
      const plain = plainMarkdown(text)
      expect(whatActs(plain)).toEqual([])
      const bare = (given: string) => given.replaceAll(/\s/gu, '')
      expect(bare(plain.replaceAll(/\\([!-/:-@[-`{-~])/gu, '$1'))).toBe(bare(text))
    }),
    seeded(500),
  )
})

test('Markdown: a hostile incident has the headings and lines that the app gives it, and no other', async () => {
  const { under, incidentId } = await openRoom('# 标题\n## 又一个')
  await under.value('workspace.updateMe', { name: '<b>安</b>\n# x' })
  for (const text of HOSTILE) await under.value('timeline.record', { incidentId, kind: 'observation', text: `x${text}\n${text}` })
  const entry = await under.value('timeline.record', {
    incidentId,
    kind: 'decision',
    text: '决定',
    decision: { reason: '# 理由', decidedBy: '| 人 |' },
  })
  await under.value('timeline.comment', { incidentId, entryId: entry.id, text: '说\n# 评论' })
  const { bytes } = await fetchExport(under, incidentId, 'md')
  const document = bytes.toString()
  const lines = document.split('\n')
  expect(lines.filter((line) => line.startsWith('# '))).toHaveLength(1)
  expect(lines.filter((line) => line.startsWith('## '))).toEqual(['## 时限', '## 时间线'])
  // One heading for each entry, and one for the note of the declaration.
  expect(lines.filter((line) => line.startsWith('### '))).toHaveLength(HOSTILE.length + 2)
  expect(document.replaceAll(/\\[<>]/gu, '')).not.toMatch(/[<>]/u)
  expect(document.replaceAll(/\\[[\]]/gu, '')).not.toMatch(/[[\]]/u)
  expect(lines.filter((line) => /^\| .* \|$/u.test(line))).toHaveLength(2 + 5)
})

test('Markdown tells what happened: corrections with the original, hashes of evidence, clocks, in both languages', async () => {
  const { under, incidentId, folder } = await openRoom()
  const path = join(folder, '截图.png')
  writeFileSync(path, 'png')
  const kept = await under.value('evidence.keepPath', { path })
  const entry = await under.value('timeline.record', {
    incidentId,
    kind: 'statement',
    text: '首次回应',
    evidence: [kept.hash],
    meets: ['response'],
    tags: ['声明'],
  })
  await under.value('timeline.correct', {
    incidentId,
    entryId: entry.id,
    content: { kind: 'statement', text: '正式回应', happenedAt: TWO_AT_NIGHT },
    reason: '措辞',
  })
  const chinese = (await fetchExport(under, incidentId, 'md')).bytes.toString()
  for (const part of ['正式回应', '首次回应', '措辞', kept.hash, '截图.png', '2026-03-15 02:00', '首次响应', '未完成'])
    expect(chinese).toContain(part)
  const english = (await fetchExport(under, incidentId, 'md', { language: 'en' })).bytes.toString()
  expect(english).toContain('正式回应')
  expect(english.split('\n').filter((line) => line.startsWith('## '))).not.toEqual(
    chinese.split('\n').filter((line) => line.startsWith('## ')),
  )
})

test('Markdown tells clocks that were missed from those that run and those that were stopped, with the reason', async () => {
  const { under, incidentId, clock } = await openRoom()
  await under.value('incidents.stopClock', { incidentId, clock: 'apology', reason: '责任不在我方 | 已查明' })
  clock.advance(5 * 3_600_000)
  const lines = (await fetchExport(under, incidentId, 'md')).bytes.toString().split('\n')
  const row = (name: string) => lines.find((line) => line.startsWith(`| ${name} |`))
  expect(row('首次响应')).toContain('未完成，已超时')
  expect(row('首次声明')).toContain('| 未完成，计时中 |')
  expect(row('正式道歉')).toContain('已停止计时：责任不在我方 \\| 已查明')
})

const RUNS = /^[=+\-@＝＋－＠\t\r\n\0]/u

test('B5: a CSV export runs nothing: every text that could be a formula is quoted, and none is lost', async () => {
  const { under, incidentId } = await openRoom()
  const given = PAYLOADS.map((text) => text.trim()).filter((text) => text !== '')
  const [texts, odd] = [given.filter(isStorable), given.filter((text) => !isStorable(text))]
  for (const text of odd) expect(await under.failure('timeline.record', { incidentId, kind: 'observation', text })).toBe('bad-input')
  for (const text of texts) await under.value('timeline.record', { incidentId, kind: 'observation', text, tags: ['=1+1'] })
  const { bytes, fileName } = await fetchExport(under, incidentId, 'csv')
  expect(fileName).toBe('门店饮用水投诉.csv')
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const rows: string[][] = parse(bytes, { bom: true, relax_quotes: false })
  expect(rows).toHaveLength(texts.length + 2)
  expect(rows.flat().filter((cell) => RUNS.test(cell))).toEqual([])
  const column = rows[0]?.indexOf('内容') ?? -1
  const back = rows.slice(1).map((row) => row[column] ?? '')
  for (const text of texts) {
    // Telephone numbers are masked (R1).
    const shown = maskPersonal(text.toWellFormed())
    expect(
      back.filter((cell) => cell === shown || cell === `'${shown}`),
      text,
    ).not.toEqual([])
  }
})

test('B5: an XLSX export has no formula, its times are dates, and its texts are texts', async () => {
  const { under, incidentId } = await openRoom('=HYPERLINK("x")')
  for (const text of PAYLOADS.slice(0, 60)
    .map((one) => one.trim())
    .filter((one) => one !== '' && isStorable(one)))
    await under.value('timeline.record', { incidentId, kind: 'observation', text })
  const { bytes } = await fetchExport(under, incidentId, 'xlsx')
  const sheets = await readSheets(bytes)
  expect(sheets.map(({ name }) => name)).toEqual(['概要', '时间线', '时限', '任务', '人员', '风险', '数据'])
  for (const [name, part] of await workbookPartsOf(bytes)) expect(part, name).not.toMatch(/<f[\s>]|<hyperlink/u)
  expect(sheets[1]?.rows[2]?.[0]).toBeInstanceOf(Date)
})

test('JSON parses, holds every entry with its history and every point, and names its own format', async () => {
  const { under, incidentId, folder } = await openRoom()
  for (const text of HOSTILE) await under.value('timeline.record', { incidentId, kind: 'observation', text })
  const path = join(folder, 'n.csv')
  writeFileSync(path, 'time,reposts\n2026-03-14T00:00:00Z,1\n2026-03-14T01:00:00Z,2\n')
  const source = await under.value('imports.inspect', { incidentId, source: { path } })
  const mapping = {
    at: 'time',
    values: [{ column: 'reposts', name: '转发', unit: '次', metric: 'spread' as const, reading: 'increments' as const }],
  }
  const checked = await under.value('imports.check', { incidentId, sourceId: source.sourceId, plan: { target: 'numbers', mapping } })
  await waitForJob(under, checked.jobId)
  await under.value('imports.write', { jobId: checked.jobId })
  await waitForJob(under, checked.jobId)
  const { bytes } = await fetchExport(under, incidentId, 'json')
  const document = JSON.parse(bytes.toString()) as {
    format: string
    version: number
    incident: { id: string }
    entries: { text: string; kind: string; authorName: string }[]
    series: { name: string; data: unknown }[]
  }
  expect(document).toMatchObject({ format: 'stormroom-incident', version: 1, incident: { id: incidentId } })
  expect(
    document.entries
      .filter((entry) => entry.kind === 'observation')
      .map((entry) => entry.text)
      .toSorted(),
  ).toEqual(HOSTILE.map((text) => text.trim()).toSorted())
  expect(document.series).toMatchObject([
    {
      name: '转发',
      data: [
        [Date.parse('2026-03-14T00:00:00Z'), 1],
        [Date.parse('2026-03-14T01:00:00Z'), 2],
      ],
    },
  ])
})

test('what is not seen is not exported: an import that was taken back', async () => {
  const { under, incidentId, folder } = await openRoom()
  const path = join(folder, 't.csv')
  writeFileSync(path, '时间,内容\n2026-03-14 08:00,撤回的一行\n')
  const source = await under.value('imports.inspect', { incidentId, source: { path } })
  const checked = await under.value('imports.check', {
    incidentId,
    sourceId: source.sourceId,
    plan: { target: 'timeline', mapping: { happenedAt: '时间', text: ['内容'], defaultKind: 'observation' } },
  })
  await waitForJob(under, checked.jobId)
  await under.value('imports.write', { jobId: checked.jobId })
  const { importId } = await waitForJob(under, checked.jobId)
  expect((await fetchExport(under, incidentId, 'csv')).bytes.toString()).toContain('撤回的一行')
  await under.value('imports.undo', { incidentId, importId: importId ?? '' })
  for (const format of ['csv', 'md', 'json'] as const)
    expect((await fetchExport(under, incidentId, format)).bytes.toString()).not.toContain('撤回的一行')
})

test('file names are such as every system takes; exports leave nothing behind; an unknown one is a failure', async () => {
  const { under, incidentId, folder } = await openRoom('../a/b\\c:d*e?"f<g>|h\n')
  const { fileName } = await fetchExport(under, incidentId, 'md')
  expect(fileName).not.toMatch(/[\\/:*?"<>|\n]/u)
  expect(readdirSync(join(folder, 'data', 'exports'))).toEqual([])
  expect(await under.failure('exports.read', { exportId: idOf(1), offset: 0 })).toBe('export-unknown')
  expect(await under.value('exports.forget', { exportId: idOf(1) })).toBeNull()
  expect(await under.failure('exports.make', { incidentId: idOf(1), format: 'md', language: 'en', zone: 'utc' })).toBe('not-found')
  expect(under.faults).toEqual([])
})
