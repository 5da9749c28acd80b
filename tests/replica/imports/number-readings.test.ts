import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { CallInput } from '#contract/api.ts'
import { perHour } from '#domain/risk/turning-points.ts'
import { realFiles } from '#tests/support/real-data.ts'
import { declareIncident, openReadyWorkspace, waitForJob, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** The table from the bug report: its shares were added up and its media were counted twice. */
const LEVELS =
  '时间,负面占比,主流媒体数\n2026-11-30 13:00,70,1\n2026-11-30 13:20,72,2\n2026-11-30 13:40,75,2\n2026-11-30 14:00,78,3\n2026-11-30 14:20,80,3\n2026-11-30 14:40,81,4\n'

async function openRoom() {
  const folder = makeTempFolder('readings', 'quick')
  const under = await openReadyWorkspace(join(folder, 'data'))
  const incidentId = await declareIncident(under)
  return {
    under,
    incidentId,
    file(content: string, name = '数.csv') {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
  }
}

async function inspect(under: WorkspaceUnderTest, incidentId: string, path: string) {
  const seen = await under.value('imports.inspect', { incidentId, source: { path } })
  if (!seen.suggested.numbers) throw new Error('no numbers were suggested')
  const { at, values } = seen.suggested.numbers
  return { seen, values, mapping: { at, values: values.map(({ sure: _sure, ...value }) => value) } }
}

type Mapping = Extract<CallInput<'imports.check'>['plan'], { target: 'numbers' }>['mapping']

async function check(under: WorkspaceUnderTest, incidentId: string, sourceId: string, mapping: Mapping) {
  const job = await under.value('imports.check', { incidentId, sourceId, plan: { target: 'numbers', mapping } })
  return waitForJob(under, job.jobId)
}

async function bring(under: WorkspaceUnderTest, incidentId: string, path: string) {
  const { seen, mapping } = await inspect(under, incidentId, path)
  const checked = await check(under, incidentId, seen.sourceId, mapping)
  await under.value('imports.write', { jobId: checked.jobId })
  return waitForJob(under, checked.jobId)
}

test('shares and counts of media are read as what they are: the check says it, the chart and the grade believe it', async () => {
  const { under, incidentId, file } = await openRoom()
  const { seen, values, mapping } = await inspect(under, incidentId, file(LEVELS))
  expect(values).toMatchObject([
    { column: '负面占比', unit: '%', metric: 'sentiment', reading: 'level', sure: true },
    { column: '主流媒体数', metric: 'influence', reading: 'running-total', sure: true },
  ])
  const checked = await check(under, incidentId, seen.sourceId, mapping)
  expect(checked.check?.series).toMatchObject([
    { name: '负面占比', unit: '%', reading: 'level', last: 81, highest: 81, lowest: 70, falls: 0 },
    { name: '主流媒体数', reading: 'running-total', last: 4, highest: 4 },
  ])
  await under.value('imports.write', { jobId: checked.jobId })
  await waitForJob(under, checked.jobId)
  const risk = await under.value('risk.get', { incidentId })
  expect(risk.measured).toMatchObject({ negativeShare: 81, mainstreamMedia: 4, growth24h: null })
  expect(risk.suggestions).toEqual([])
})

test('a share over 100 % is refused with its row, at the import and by hand', async () => {
  const { under, incidentId, file } = await openRoom()
  const { seen, mapping } = await inspect(
    under,
    incidentId,
    file('时间,负面占比\n2026-11-30 13:00,70\n2026-11-30 13:20,170\n2026-11-30 13:40,-1\n2026-11-30 14:00,100\n'),
  )
  const checked = await check(under, incidentId, seen.sourceId, mapping)
  expect(checked.check?.refusedRows.map(({ line, code, params }) => [line, code, params['text']])).toEqual([
    [3, 'share-out-of-range', '170'],
    [4, 'share-out-of-range', '-1'],
  ])
  await under.value('imports.write', { jobId: checked.jobId })
  await waitForJob(under, checked.jobId)
  const [share] = await under.value('incidents.series', { incidentId })
  expect(await under.failure('risk.enterNumber', { incidentId, series: { seriesId: share?.id ?? '' }, value: 101 })).toBe(
    'share-out-of-range',
  )
  expect(await under.value('risk.enterNumber', { incidentId, series: { seriesId: share?.id ?? '' }, value: 99 })).toMatchObject({
    reading: 'level',
    last: 99,
  })
})

test('81%, ８１％ and the fraction 0.81 are 81', async () => {
  const { under, incidentId, file } = await openRoom()
  await bring(under, incidentId, file('时间,负面占比,负面率,退货率\n2026-11-30 13:00,79%,７９％,0.07\n2026-11-30 13:20,81%,８１％,0.081\n'))
  expect((await under.value('incidents.series', { incidentId })).map(({ name, unit, last }) => [name, unit, last])).toEqual([
    ['负面占比', '%', 81],
    ['负面率', '%', 81],
    ['退货率', '%', 8.1],
  ])
})

test('a file written newest first is judged in the order of time', async () => {
  const { under, incidentId, file } = await openRoom()
  const rows = [5, 9, 14, 20, 33].map((value, hour) => `2026-11-30 1${hour}:00,${value}`).toReversed()
  const { seen, values, mapping } = await inspect(under, incidentId, file(`时间,转发\n${rows.join('\n')}\n`))
  expect(values[0]).toMatchObject({ reading: 'running-total', sure: true })
  expect((await check(under, incidentId, seen.sourceId, mapping)).check?.series[0]).toMatchObject({ last: 33, falls: 0, rises: 4 })
})

test('what a column is can be said anew after the import; figures, curve and entering by hand follow', async () => {
  const { under, incidentId, file } = await openRoom()
  const { seen, mapping } = await inspect(under, incidentId, file(LEVELS))
  const wrong = {
    ...mapping,
    values: mapping.values.map((value) => ({ ...value, unit: '', metric: 'influence' as const, reading: 'increments' as const })),
  }
  const checked = await check(under, incidentId, seen.sourceId, wrong)
  await under.value('imports.write', { jobId: checked.jobId })
  await waitForJob(under, checked.jobId)
  const media = (await under.value('incidents.series', { incidentId })).find(({ name }) => name === '主流媒体数')
  expect(media).toMatchObject({ reading: 'increments', readingGuessed: false })
  expect((await under.value('risk.get', { incidentId })).measured.mainstreamMedia).toBe(15)
  const mended = await under.value('risk.reviseSeries', { incidentId, seriesId: media?.id ?? '', reading: 'running-total' })
  expect(mended).toMatchObject({ reading: 'running-total', metric: 'influence', points: 6, last: 4 })
  expect((await under.value('risk.get', { incidentId })).measured.mainstreamMedia).toBe(4)
  expect(await under.failure('risk.reviseSeries', { incidentId, seriesId: incidentId, reading: 'level' })).toBe('not-found')
  // A series of a closed incident can still be corrected: its numbers are compared with those of later incidents.
  await under.value('incidents.setStatus', { incidentId, to: 'closed', reason: '结束' })
  expect(await under.value('risk.reviseSeries', { incidentId, seriesId: media?.id ?? '', name: '报道的主流媒体' })).toMatchObject({
    name: '报道的主流媒体',
  })
})

const OWN = resolve(import.meta.dirname, '../../../../shared/findings/levels-not-increments.csv')
test.skipIf(!existsSync(OWN))('the table that was read wrongly is read right (skipped where ../shared is not)', async () => {
  const { under, incidentId } = await openRoom()
  expect(readFileSync(OWN, 'utf8').trim()).toBe(LEVELS.trim())
  await bring(under, incidentId, OWN)
  expect((await under.value('risk.get', { incidentId })).measured).toMatchObject({ negativeShare: 81, mainstreamMedia: 4 })
})

const series = realFiles('event-series')
test.skipIf(series.skipReason !== null)(
  `real reposts: what was added and what it came to say the same${series.skipReason ? ` (skipped: ${series.skipReason})` : ''}`,
  { timeout: 240_000 },
  async () => {
    const { under, incidentId } = await openRoom()
    for (const path of series.paths) {
      const rows = readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
      const total = Number(rows.at(-1)?.[2])
      const before = new Set((await under.value('incidents.series', { incidentId })).map(({ id }) => id))
      const job = await bring(under, incidentId, path)
      expect(job.check?.series, path).toMatchObject([
        { name: 'reposts', reading: 'increments', sum: total },
        { name: 'reposts_total', reading: 'running-total', last: total, highest: total, falls: 0 },
      ])
      const kept = (await under.value('incidents.series', { incidentId })).filter(({ id }) => !before.has(id))
      expect(
        kept.find(({ name }) => name === 'reposts_total'),
        path,
      ).toMatchObject({ reading: 'running-total', metric: 'spread', last: total })
      for (const one of kept) {
        const { points } = await under.value('incidents.seriesPoints', { incidentId, seriesId: one.id })
        const first = one.name === 'reposts_total' ? (points[0]?.[1] ?? 0) : 0
        expect(
          perHour(points, one.reading).counts.reduce((sum, count) => sum + count, first),
          `${path} ${one.name}`,
        ).toBe(total)
      }
    }
    const { suggestions } = await under.value('risk.get', { incidentId })
    const begun = new Set(
      await Promise.all(
        (await under.value('incidents.series', { incidentId })).map(({ from }) => Math.floor((from ?? 0) / 3_600_000) * 3_600_000),
      ),
    )
    expect(suggestions.filter(({ at }) => begun.has(at))).toEqual([])
  },
)

const topics = realFiles('hot-topics')
test.skipIf(topics.skipReason !== null)(
  `real hot topics: a rank and a popularity are levels, and nothing is added up${topics.skipReason ? ` (skipped: ${topics.skipReason})` : ''}`,
  async () => {
    const { under, incidentId } = await openRoom()
    for (const path of topics.paths) {
      const rows = readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
      const job = await bring(under, incidentId, path)
      expect(job.check?.series, path).toMatchObject([
        { name: 'best_rank', reading: 'level', highest: Math.max(...rows.map((row) => Number(row[2]))) },
        { name: 'peak_popularity', reading: 'level', highest: Math.max(...rows.map((row) => Number(row[3]))) },
      ])
    }
  },
)
