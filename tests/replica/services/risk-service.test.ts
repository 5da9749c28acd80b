import type { IncidentView } from '#contract/incident-api.ts'
import type { RiskView } from '#contract/risk-api.ts'
import { openWorkspace, type Workspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { expect, onTestFinished, test } from 'vitest'

const HOUR = 3_600_000

/** The value of a call that must succeed. */
async function done<T>(
  result: { ok: true; value: T } | { ok: false; failure: unknown } | Promise<{ ok: true; value: T } | { ok: false; failure: unknown }>,
): Promise<T> {
  const settled = await result
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure))
  return settled.value
}

async function openIncident(
  level: 1 | 2 | 3 = 3,
  role: 'commander' | 'pr' = 'commander',
): Promise<{ workspace: Workspace; incident: IncidentView }> {
  const workspace = await openWorkspace({
    dataFolder: makeTempFolder('risk'),
    version: 'test',
    workers: workerUrls(import.meta.url),
    log: () => {},
  })
  onTestFinished(() => workspace.close())
  await done(workspace.handlers['workspace.setUp']({ name: '林舟', role, language: 'zh-Hans' }))
  const incident = await done(
    workspace.handlers['incidents.declare']({
      title: '空气净化器起火视频',
      type: 'product-problem',
      level,
      stage: 'initial-complaint',
      known: '',
      mode: 'real',
    }),
  )
  return { workspace, incident }
}

async function enter(
  workspace: Workspace,
  incidentId: string,
  series: Parameters<Workspace['handlers']['risk.enterNumber']>[0]['series'],
  values: readonly (readonly [at: number, value: number])[],
): Promise<string> {
  let target = series
  for (const [at, value] of values)
    target = { seriesId: (await done(workspace.handlers['risk.enterNumber']({ incidentId, series: target, at, value }))).id }
  return 'seriesId' in target ? target.seriesId : ''
}

const FORWARDS = { name: '微博转发', unit: '条', metric: 'spread', reading: 'increments' } as const
const SHARE = { name: '负面占比', unit: '%', metric: 'sentiment', reading: 'level' } as const
const MEDIA = { name: '报道的主流媒体', unit: '家', metric: 'influence', reading: 'running-total' } as const

const get = (workspace: Workspace, incidentId: string): Promise<RiskView> => done(workspace.handlers['risk.get']({ incidentId }))
const newest = Math.floor(Date.now() / HOUR) * HOUR - HOUR

test('AN-06: without a number there is no grade, and no number can be assessed', async () => {
  const { workspace, incident } = await openIncident()
  expect(await get(workspace, incident.id)).toMatchObject({ assessment: null, origins: {}, history: [], suggestions: [] })
  const { inputs } = await get(workspace, incident.id)
  expect(await workspace.handlers['risk.assess']({ incidentId: incident.id, inputs, verdict: 'noted', reason: '' })).toMatchObject({
    ok: false,
  })
})

test('GR-09, AN-01, AN-02, AN-03: numbers by hand become figures that name their series and its age', async () => {
  const { workspace, incident } = await openIncident()
  const forwards = await enter(workspace, incident.id, FORWARDS, [
    [newest - 30 * HOUR, 10],
    [newest, 41],
  ])
  await enter(workspace, incident.id, SHARE, [[newest - HOUR, 74]])
  await enter(workspace, incident.id, MEDIA, [
    [newest - HOUR, 2],
    [newest, 4],
  ])
  const risk = await get(workspace, incident.id)
  expect(risk.measured).toEqual({ growth24h: 310, negativeShare: 74, mainstreamMedia: 4, opinionLeaders: null, enquiryGrowth: null })
  expect(risk.origins.growth24h).toEqual({
    seriesId: forwards,
    name: '微博转发',
    at: newest,
    growth: { last: 41, before: 10, percent: 310, few: false, hoursBefore: 6 },
  })
  expect(risk.assessment?.alarms.map(({ source }) => source)).toEqual(['AN-01', 'AN-02', 'AN-03'])
  expect(risk.assessment?.suggestedLevel).toBe(1)
})

test('AN-03: numbers of another unit are no figure of the risk', async () => {
  const { workspace, incident } = await openIncident()
  await enter(workspace, incident.id, { name: '粉丝数', unit: '', metric: 'influence', reading: 'running-total' }, [[newest, 5_000_000]])
  await enter(workspace, incident.id, { name: '媒体阅读量', unit: '', metric: 'influence', reading: 'running-total' }, [
    [newest, 5_000_000],
  ])
  await enter(workspace, incident.id, { name: '负面条数', unit: '', metric: 'sentiment', reading: 'level' }, [[newest, 4000]])
  expect((await get(workspace, incident.id)).assessment).toBeNull()
})

test('AN-05: a confirmed suggestion changes the level with its clocks and is noted in the timeline; the figures stay for next time', async () => {
  const { workspace, incident } = await openIncident(3)
  const inputs = { growth24h: 300, negativeShare: 80, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null }
  const risk = await done(
    workspace.handlers['risk.assess']({ incidentId: incident.id, inputs, verdict: 'confirmed', reason: '视频上了热搜' }),
  )
  expect(risk.history).toMatchObject([{ composite: 4, suggestedLevel: 1, verdict: 'confirmed', byName: '林舟', reason: '视频上了热搜' }])
  expect(risk.inputs).toEqual(inputs)
  expect(risk.origins.growth24h).toEqual({ assessedAt: risk.history[0]?.at })
  const after = await done(workspace.handlers['incidents.get']({ incidentId: incident.id }))
  expect(after.level).toBe(1)
  expect(after.clocks.length).toBeGreaterThan(incident.clocks.length)
  const page = await done(
    workspace.handlers['timeline.page']({ incidentId: incident.id, filter: { kinds: ['system'], order: 'happened' }, page: 0 }),
  )
  expect(page.rows.map(({ event }) => event?.code)).toEqual(expect.arrayContaining(['risk-assessed', 'level-changed']))
})

test('AN-05: a refusal leaves the level and keeps its reason; without a reason there is none', async () => {
  const { workspace, incident } = await openIncident(3)
  const inputs = { growth24h: 300, negativeShare: null, mainstreamMedia: null, opinionLeaders: null, enquiryGrowth: null }
  expect(await workspace.handlers['risk.assess']({ incidentId: incident.id, inputs, verdict: 'refused', reason: '' })).toMatchObject({
    ok: false,
  })
  expect((await get(workspace, incident.id)).history).toEqual([])
  const risk = await done(
    workspace.handlers['risk.assess']({ incidentId: incident.id, inputs, verdict: 'refused', reason: '水军刷量，已核实' }),
  )
  expect(risk.history).toMatchObject([{ verdict: 'refused', reason: '水军刷量，已核实' }])
  expect((await done(workspace.handlers['incidents.get']({ incidentId: incident.id }))).level).toBe(3)
})

test('AN-08: a suggested acceleration that is confirmed stands in the timeline and is not suggested again; one that is refused stays away', async () => {
  const { workspace, incident } = await openIncident()
  const counts = [...Array.from({ length: 26 }, () => 1), 60, 80, 10]
  await enter(
    workspace,
    incident.id,
    FORWARDS,
    counts.map((count, index) => [newest - (counts.length - 1 - index) * HOUR, count]),
  )
  const before = await get(workspace, incident.id)
  expect(before.suggestions.map(({ kind }) => kind)).toEqual(['acceleration'])
  const [suggestion] = before.suggestions
  if (!suggestion) throw new Error('nothing was suggested')
  const { seriesId, kind, at } = suggestion
  const judged = await done(
    workspace.handlers['risk.judgeSuggestion']({ incidentId: incident.id, seriesId, kind, at, confirmed: true, text: '加速：微博转发' }),
  )
  expect(judged.suggestions).toEqual([])
  expect(judged.turningPoints).toMatchObject([{ kind: 'acceleration', at, text: '加速：微博转发' }])
})

test('AN-09: a refused shift of mood is not suggested again, and leaves no trace in the timeline', async () => {
  const { workspace, incident } = await openIncident()
  await enter(
    workspace,
    incident.id,
    SHARE,
    [30, 31, 32, 60].map((share, index) => [newest - (4 - index) * HOUR, share]),
  )
  const [suggestion] = (await get(workspace, incident.id)).suggestions
  if (!suggestion) throw new Error('nothing was suggested')
  const { seriesId, kind, at } = suggestion
  const judged = await done(
    workspace.handlers['risk.judgeSuggestion']({ incidentId: incident.id, seriesId, kind, at, confirmed: false, text: '样本换了' }),
  )
  expect(judged).toMatchObject({ suggestions: [], turningPoints: [] })
})

test('a telephone number that was entered as a measurement is shown nowhere whole', async () => {
  const { workspace, incident } = await openIncident()
  const seriesId = await enter(workspace, incident.id, FORWARDS, [
    [newest - HOUR, 120],
    [newest, 13_812_345_678],
  ])
  const answers = JSON.stringify([
    await done(workspace.handlers['incidents.series']({ incidentId: incident.id })),
    await done(workspace.handlers['incidents.seriesPoints']({ incidentId: incident.id, seriesId })),
    await get(workspace, incident.id),
  ])
  expect(answers).toContain('13800000000')
  expect(answers).not.toContain('13812345678')
})
