import { copyFileSync, cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CallInput, CallOutput } from '#contract/api.ts'
import { createRandom } from '#tests/support/seeded.ts'
import { idOf } from '#tests/support/log-texts.ts'
import { realFiles } from '#tests/support/real-data.ts'
import {
  declareIncident,
  openReadyWorkspace,
  openWorkspaceUnderTest,
  waitForJob,
  waitForSync,
  type WorkspaceUnderTest,
} from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

type Plan = CallInput<'imports.check'>['plan']
type Job = CallOutput<'imports.job'>

async function openRoom() {
  const folder = makeTempFolder('imports', 'quick')
  const under = await openReadyWorkspace(join(folder, 'data'))
  const incidentId = await declareIncident(under)
  const file = (name: string, content: string) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  return { folder, under, incidentId, file }
}

const inspect = (under: WorkspaceUnderTest, incidentId: string, path: string) =>
  under.value('imports.inspect', { incidentId, source: { path } })

async function check(under: WorkspaceUnderTest, incidentId: string, sourceId: string, plan: Plan): Promise<Job> {
  const job = await under.value('imports.check', { incidentId, sourceId, plan })
  return waitForJob(under, job.jobId)
}

async function write(under: WorkspaceUnderTest, jobId: string): Promise<Job> {
  await under.value('imports.write', { jobId })
  return waitForJob(under, jobId)
}

/** Waits until an import is in the middle of writing. */
async function waitForRows(under: WorkspaceUnderTest, jobId: string): Promise<void> {
  for (;;) {
    const job = await under.value('imports.job', { jobId })
    if (job.phase !== 'writing') throw new Error(`over before it could be stopped: ${job.phase}`)
    if (job.importId !== null && job.rows > 400) return
    await new Promise(setImmediate)
  }
}

/** Inspects, checks with the suggested mapping, and writes. */
async function importAs(under: WorkspaceUnderTest, incidentId: string, path: string, target: 'timeline' | 'numbers'): Promise<Job> {
  const { sourceId, suggested } = await inspect(under, incidentId, path)
  const plan = target === 'timeline' && suggested.timeline ? ({ target, mapping: suggested.timeline } as const) : null
  const numbers =
    target === 'numbers' && suggested.numbers
      ? ({ target, mapping: { ...suggested.numbers, values: suggested.numbers.values.map(({ sure: _sure, ...value }) => value) } } as const)
      : null
  const chosen = plan ?? numbers
  if (!chosen) throw new Error('nothing was suggested')
  const checked = await check(under, incidentId, sourceId, chosen)
  return write(under, checked.jobId)
}

const shown = async (under: WorkspaceUnderTest, incidentId: string) =>
  (
    await under.value('timeline.page', {
      incidentId,
      filter: { kinds: ['observation', 'media-report', 'decision', 'customer-voice'] },
      page: 0,
    })
  ).rows

const TABLE =
  '时间,类别,内容,标签\n2026-03-14 08:00,媒体报道,本地媒体报道,微博 热搜\n2026-03-14 09:30,投诉,门店被拍,门店\n不是时间,观察,坏行,\n2026-03-14 10:00,占卜,坏类别,\n,观察,没有时间,\n2026-03-14 11:00,决策,缺理由的决策,\n2026-03-14 12:00,观察,最后一行,\n'

test('good rows are offered, bad ones listed with line and reason; nothing is written before it is asked for', async () => {
  const { under, incidentId, file } = await openRoom()
  const seen = await inspect(under, incidentId, file('表.csv', TABLE))
  expect(seen).toMatchObject({ fileName: '表.csv', format: 'csv', columns: ['时间', '类别', '内容', '标签'], sameFileImportedAt: null })
  const mapping = { happenedAt: '时间', text: ['内容'], kind: '类别', tags: '标签', defaultKind: 'observation' as const }
  const checked = await check(under, incidentId, seen.sourceId, { target: 'timeline', mapping })
  expect(checked).toMatchObject({ phase: 'checked', failure: null, check: { good: 3, refused: 4 } })
  expect(checked.check?.refusedRows.map((row) => [row.line, row.code])).toEqual([
    [4, 'not-a-date'],
    [5, 'unknown-kind'],
    [6, 'date-missing'],
    [7, 'decision-incomplete'],
  ])
  expect(checked.check?.preview.map((row) => [row.line, row.kind, row.text])).toEqual([
    [2, 'media-report', '本地媒体报道'],
    [3, 'customer-voice', '门店被拍'],
    [8, 'observation', '最后一行'],
  ])
  expect(await shown(under, incidentId)).toEqual([])
  expect(await under.value('imports.list', { incidentId })).toEqual([])

  const written = await write(under, checked.jobId)
  expect(written).toMatchObject({ phase: 'complete', fraction: 1 })
  const rows = await shown(under, incidentId)
  expect(rows.map((row) => [row.text, row.kind, row.tags, row.sourceLine])).toEqual([
    ['本地媒体报道', 'media-report', ['微博', '热搜'], 2],
    ['门店被拍', 'customer-voice', ['门店'], 3],
    ['最后一行', 'observation', [], 8],
  ])
  expect(rows[0]?.happenedAt).toBe(Date.parse('2026-03-14T08:00:00+08:00'))
  expect(await under.value('imports.list', { incidentId })).toMatchObject([
    { phase: 'complete', imported: 3, refused: 4, fileName: '表.csv', mayUndo: true },
  ])
  expect((await under.value('timeline.entry', { incidentId, entryId: rows[0]?.id ?? '' })).importName).toBe('表.csv')

  const refused = await under.value('imports.refusedAsFile', { jobId: checked.jobId, language: 'zh-Hans' })
  const { bytes } = await under.value('exports.read', { exportId: refused.exportId, offset: 0 })
  const lines = Buffer.from(bytes).toString().trim().split('\r\n')
  expect(lines).toHaveLength(5)
  expect(lines[1]).toBe('4,“不是时间”不是时间。,不是时间,观察,坏行,')
  expect(under.faults).toEqual([])
})

test('a whole import is undone and restored with one act each: timeline, counts, tags and search follow', async () => {
  const { under, incidentId, file } = await openRoom()
  await under.value('timeline.record', { incidentId, kind: 'observation', text: '自己写的', tags: ['自己'] })
  const job = await importAs(under, incidentId, file('表.csv', TABLE), 'timeline')
  const importId = job.importId ?? ''
  const state = async () => {
    const outline = await under.value('timeline.outline', {
      incidentId,
      filter: { kinds: ['observation', 'media-report', 'customer-voice'] },
      zone: 'Asia/Shanghai',
    })
    const hits = await under.value('search.query', { text: '门店被拍' })
    const incident = await under.value('incidents.get', { incidentId })
    return [outline.total, outline.tags.map((one) => one.tag).toSorted(), hits.hits.length, incident.entryCount]
  }
  const there = await state()
  const gone = [1, ['自己'], 0, 1]
  expect(there[2]).toBe(1)
  expect(there).not.toEqual(gone)
  await under.value('imports.undo', { incidentId, importId })
  expect(await state()).toEqual(gone)
  expect(await under.failure('imports.undo', { incidentId, importId })).toBe('import-already-undone')
  await waitForSync(under)
  expect(await state()).toEqual(gone)
  await under.value('imports.restore', { incidentId, importId })
  expect(await state()).toEqual(there)
  expect(await under.failure('imports.restore', { incidentId, importId })).toBe('import-not-complete')
  const notes = await under.value('timeline.page', { incidentId, filter: { kinds: ['system'], order: 'recorded' }, page: 0 })
  expect(notes.rows.map((row) => row.event?.code).slice(1)).toEqual(['imported', 'import-undone', 'imported'])
})

test('the same file is noticed, the mapping is remembered, and a change of the file in between is refused', async () => {
  const { under, incidentId, file, folder } = await openRoom()
  const path = file('表.csv', TABLE)
  const mapping = { happenedAt: '时间', text: ['内容', '类别'], defaultKind: 'regulator' as const }
  const first = await inspect(under, incidentId, path)
  expect(first.suggested.remembered).toBe(false)
  await write(under, (await check(under, incidentId, first.sourceId, { target: 'timeline', mapping })).jobId)
  copyFileSync(path, join(folder, '副本.csv'))
  const again = await inspect(under, incidentId, join(folder, '副本.csv'))
  expect(again.suggested).toMatchObject({ remembered: true, target: 'timeline', timeline: mapping })
  expect(again.sameFileImportedAt).toEqual(expect.any(Number))
  const elsewhere = await declareIncident(under)
  expect((await inspect(under, elsewhere, path)).sameFileImportedAt).toBeNull()

  const checked = await check(under, incidentId, again.sourceId, { target: 'timeline', mapping })
  writeFileSync(join(folder, '副本.csv'), TABLE.replace('门店被拍', '门店被拍了'))
  expect(await write(under, checked.jobId)).toMatchObject({ phase: 'failed', failure: { code: 'file-changed' } })
  expect(await under.value('imports.list', { incidentId })).toHaveLength(1)
})

test('cancelling leaves nothing visible, whenever it comes, and the log says why', { timeout: 120_000 }, async () => {
  const { under, incidentId, file } = await openRoom()
  const path = file(
    '长.csv',
    `时间,内容\n${Array.from({ length: 4000 }, (_, index) => `2026-03-14 08:00:${String(index % 60).padStart(2, '0')},第 ${index} 行`).join('\n')}\n`,
  )
  const { sourceId, suggested } = await inspect(under, incidentId, path)
  if (!suggested.timeline) throw new Error('no mapping')
  const checked = await check(under, incidentId, sourceId, { target: 'timeline', mapping: suggested.timeline })
  const job = await under.value('imports.write', { jobId: checked.jobId })
  await waitForRows(under, job.jobId)
  expect(await shown(under, incidentId)).toEqual([])
  await under.value('imports.cancel', { jobId: job.jobId })
  const ended = await waitForJob(under, job.jobId)
  expect(ended).toMatchObject({ phase: 'cancelled', failure: null })
  await expect.poll(async () => (await under.value('imports.list', { incidentId })).map((one) => one.phase)).toEqual(['abandoned'])
  expect(await shown(under, incidentId)).toEqual([])
  expect((await under.value('search.query', { text: '第 7 行' })).hits).toEqual([])
  expect((await under.value('incidents.get', { incidentId })).entryCount).toBe(0)
  expect(await under.failure('imports.undo', { incidentId, importId: ended.importId ?? '' })).toBe('import-not-complete')
  expect(await under.failure('imports.write', { jobId: job.jobId })).toBe('import-busy')
})

test('an import whose process ended half way is closed by the next start, and was never seen', { timeout: 120_000 }, async () => {
  const { under, incidentId, file, folder } = await openRoom()
  const path = file('长.csv', `时间,内容\n${Array.from({ length: 6000 }, (_, index) => `2026-03-14 08:00,第 ${index} 行`).join('\n')}\n`)
  const { sourceId, suggested } = await inspect(under, incidentId, path)
  if (!suggested.timeline) throw new Error('no mapping')
  const checked = await check(under, incidentId, sourceId, { target: 'timeline', mapping: suggested.timeline })
  await under.value('imports.write', { jobId: checked.jobId })
  await waitForRows(under, checked.jobId)
  // The files on disk as after a crash at this point.
  cpSync(join(folder, 'data'), join(folder, 'left'), { recursive: true })
  await under.close()
  const next = await openWorkspaceUnderTest(join(folder, 'left'))
  expect((await next.value('imports.list', { incidentId })).map((one) => one.phase)).toEqual(['abandoned'])
  expect(await shown(next, incidentId)).toEqual([])
  await waitForSync(next)
  expect(await next.value('workspace.verify', {})).toMatchObject({ ok: true })
})

test('numbers become series: points in order, gaps left out, long ones in chunks', async () => {
  const { under, incidentId, file } = await openRoom()
  const start = Date.parse('2026-03-14T00:00:00+08:00')
  const random = createRandom(3)
  const order = Array.from({ length: 1234 }, (_, index) => index).toSorted(() => random() - 0.5)
  const time = (index: number) => new Date(start + index * 600_000).toISOString()
  const path = file(
    '热度.csv',
    `time,reposts,comments\n${order.map((index) => `${time(index)},${index * 2},${index % 10 === 0 ? '' : index}`).join('\n')}\n`,
  )
  const { sourceId } = await inspect(under, incidentId, path)
  const mapping = {
    at: 'time',
    values: [
      { column: 'reposts', name: '转发', unit: '次', metric: 'spread' as const, reading: 'running-total' as const },
      { column: 'comments', name: '评论', unit: '条', metric: 'sentiment' as const, reading: 'increments' as const },
    ],
  }
  const job = await write(under, (await check(under, incidentId, sourceId, { target: 'numbers', mapping })).jobId)
  expect(job.phase).toBe('complete')
  const series = await under.value('incidents.series', { incidentId })
  expect(series.map((one) => [one.name, one.unit, one.metric, one.points, one.from, one.last])).toEqual([
    ['转发', '次', 'spread', 1234, start, 1233 * 2],
    ['评论', '条', 'sentiment', 1234 - 124, start + 600_000, 1233],
  ])
  const { points } = await under.value('incidents.seriesPoints', { incidentId, seriesId: series[0]?.id ?? '' })
  expect(points).toEqual(Array.from({ length: 1234 }, (_, index) => [start + index * 600_000, index * 2]))
  await under.value('imports.undo', { incidentId, importId: job.importId ?? '' })
  expect(await under.value('incidents.series', { incidentId })).toEqual([])
})

test('an upload is inspected like a file by path, and looked at again with another encoding', async () => {
  const { under, incidentId } = await openRoom()
  const bytes = new Uint8Array(Buffer.from('时间,内容\n2026-03-14 08:00,中文内容\n', 'utf16le'))
  const { uploadId } = await under.value('files.begin', { name: '上传.csv', size: bytes.length, mime: 'text/csv' })
  await under.value('files.write', { uploadId, offset: 0, bytes })
  const wrong = await under.call('imports.inspect', { incidentId, source: { uploadId }, reading: { encoding: 'gb18030' } })
  expect(wrong.ok && wrong.value.columns.includes('内容')).toBe(false)
  const right = await under.value('imports.inspect', { incidentId, source: { uploadId }, reading: { encoding: 'utf-16le' } })
  expect(right).toMatchObject({ fileName: '上传.csv', columns: ['时间', '内容'], sample: [['2026-03-14 08:00', '中文内容']] })
})

test('Big5 and Windows-1252 are read when they are asked for', async () => {
  const { under, incidentId, folder } = await openRoom()
  const read = async (name: string, hex: string, encoding: 'big5' | 'windows-1252') => {
    const path = join(folder, name)
    writeFileSync(path, Buffer.concat([Buffer.from('time,text\n2026-03-14 08:00,'), Buffer.from(hex, 'hex'), Buffer.from('\n')]))
    return (await under.value('imports.inspect', { incidentId, source: { path }, reading: { encoding } })).sample
  }
  expect(await read('big5.csv', 'a4a4a4e5', 'big5')).toEqual([['2026-03-14 08:00', '中文']])
  expect(await read('western.csv', '636166e9', 'windows-1252')).toEqual([['2026-03-14 08:00', 'café']])
})

test('every expected failure is a value', async () => {
  const { under, incidentId, file, folder } = await openRoom()
  const failed = (path: string) => under.failure('imports.inspect', { incidentId, source: { path } })
  expect(await failed(join(folder, '没有.csv'))).toBe('file-not-found')
  expect(await failed(folder)).toBe('file-not-readable')
  expect(await failed(file('空.csv', ''))).toBe('table-unreadable')
  expect(await failed(file('页.csv', '<html><body>404</body></html>'))).toBe('table-unreadable')
  expect(await under.failure('imports.inspect', { incidentId, source: { uploadId: idOf(1) } })).toBe('upload-unknown')
  const { sourceId } = await inspect(under, incidentId, file('表.csv', TABLE))
  const mapping = { happenedAt: '时间', text: ['没有这列'], defaultKind: 'observation' as const }
  expect(await under.failure('imports.check', { incidentId, sourceId, plan: { target: 'timeline', mapping } })).toBe('mapping-incomplete')
  expect(await under.failure('imports.check', { incidentId, sourceId: idOf(2), plan: { target: 'timeline', mapping } })).toBe(
    'import-unknown',
  )
  expect(await under.failure('imports.write', { jobId: idOf(2) })).toBe('import-unknown')
  expect(await under.failure('imports.job', { jobId: idOf(2) })).toBe('import-unknown')
  expect(await under.failure('imports.cancel', { jobId: idOf(2) })).toBe('import-unknown')
  expect(await under.failure('imports.refusedAsFile', { jobId: idOf(2), language: 'en' })).toBe('import-unknown')
  expect(await under.failure('imports.undo', { incidentId, importId: idOf(2) })).toBe('not-found')
  const nowhere = await check(under, idOf(3), sourceId, { target: 'timeline', mapping: { ...mapping, text: ['内容'] } })
  expect(await write(under, nowhere.jobId)).toMatchObject({ phase: 'failed', failure: { code: 'not-found' } })
  expect(under.faults).toEqual([])
})

const topics = realFiles('hot-topics')
test.skipIf(topics.skipReason !== null)(
  `real histories become timelines, every row of them${topics.skipReason ? ` (skipped: ${topics.skipReason})` : ''}`,
  { timeout: 120_000 },
  async () => {
    const { under, incidentId } = await openRoom()
    for (const path of topics.paths) {
      const job = await importAs(under, incidentId, path, 'timeline')
      expect([path, job.phase, job.check?.refused]).toEqual([path, 'complete', 0])
    }
    const imports = await under.value('imports.list', { incidentId })
    expect(imports).toHaveLength(topics.paths.length)
    const total = imports.reduce((sum, one) => sum + one.imported, 0)
    expect((await under.value('incidents.get', { incidentId })).entryCount).toBe(total)
    expect(total).toBeGreaterThan(20)
    expect((await under.value('search.query', { text: '茶颜' })).hits.length).toBeGreaterThan(3)
  },
)

const series = realFiles('event-series')
test.skipIf(series.skipReason !== null)(
  `real counts become series, every point of a few of them${series.skipReason ? ` (skipped: ${series.skipReason})` : ''}`,
  { timeout: 120_000 },
  async () => {
    const { under, incidentId } = await openRoom()
    const few = series.paths.slice(0, 4)
    for (const path of few) {
      const job = await importAs(under, incidentId, path, 'numbers')
      expect([path, job.phase, job.check?.refused]).toEqual([path, 'complete', 0])
    }
    const kept = await under.value('incidents.series', { incidentId })
    expect(kept).toHaveLength(few.length * 2)
    for (const one of kept) expect(one.points).toBeGreaterThan(0)
    expect(readdirSync(join(under.dataFolder, 'uploads'))).toEqual([])
  },
)

test('an upload is removed once it is imported, and one that cannot be read is kept for another try', async () => {
  const { folder, under, incidentId } = await openRoom()
  const upload = async (name: string, text: string) => {
    const bytes = Buffer.from(text)
    const { uploadId } = await under.value('files.begin', { name, size: bytes.byteLength, mime: 'text/csv' })
    await under.value('files.write', { uploadId, offset: 0, bytes })
    return uploadId
  }
  const onDisk = () => readdirSync(join(folder, 'data', 'uploads'))
  const uploadId = await upload('事件.csv', '时间,事件\n2026-03-01 08:00,投诉\n')
  const { sourceId } = await under.value('imports.inspect', { incidentId, source: { uploadId } })
  const job = await check(under, incidentId, sourceId, {
    target: 'timeline',
    mapping: { happenedAt: '时间', text: ['事件'], defaultKind: 'observation' },
  })
  expect(onDisk()).toEqual([uploadId])
  expect((await write(under, job.jobId)).phase).toBe('complete')
  expect(onDisk()).toEqual([])
  const broken = await upload('页.csv', '<html><body>404</body></html>')
  expect(await under.failure('imports.inspect', { incidentId, source: { uploadId: broken } })).toBe('table-unreadable')
  expect(await under.failure('imports.inspect', { incidentId, source: { uploadId: broken } })).toBe('table-unreadable')
  expect(onDisk()).toEqual([broken])
})
