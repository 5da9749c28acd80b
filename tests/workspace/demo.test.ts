import { existsSync } from 'node:fs'
import type { ApiHandlers } from '#contract/api.ts'
import type { DemoState } from '#contract/demo-api.ts'
import type { Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import { airPurifierIn } from '#workspace/demo/air-purifier.ts'
import { ENGLISH } from '#workspace/demo/air-purifier/english/index.ts'
import { COMPLAINTS_PER_HOUR } from '#workspace/demo/air-purifier/numbers.ts'
import { openDemo } from '#workspace/demo/open-demo.ts'
import type { TeamHub } from '#hub/team-hub.ts'
import { startDemo } from '#workspace/demo/play-demo.ts'
import { createStoryClock } from '#workspace/demo/story-clock.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeTempFolder } from '../support/temp-folder.ts'

const HOUR = 3_600_000
const DECLARED_AT = Date.UTC(2026, 2, 10, 12, 30)

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${JSON.stringify(result.failure.params)}`)
  return result.value
}

async function openForStory() {
  const clock = createStoryClock(DECLARED_AT, () => 0)
  const dataFolder = makeTempFolder('story', 'quick')
  const hub = Promise.withResolvers<TeamHub>()
  const workspace = await openWorkspace({
    dataFolder,
    version: 'test',
    workers: workerUrls(import.meta.url),
    log: () => {},
    now: clock.now,
    story: { rate: clock.rate, onHub: hub.resolve },
  })
  onTestFinished(() => workspace.close())
  return { clock, handlers: workspace.handlers, hub: hub.promise }
}

async function entriesOf(handlers: ApiHandlers, incidentId: string) {
  const { pages } = value(await handlers['timeline.outline']({ incidentId, filter: { order: 'happened' }, zone: 'UTC' }))
  const all = []
  for (let page = 0; page < pages; page++)
    all.push(...value(await handlers['timeline.page']({ incidentId, filter: { order: 'happened' }, page })).rows)
  return all
}

async function openTheDemo(wall: () => number, language: Language = 'zh-Hans') {
  const workspace = await openDemo({
    version: 'test',
    workers: workerUrls(import.meta.url),
    log: () => {},
    language,
    declaredAt: DECLARED_AT,
    wall,
  })
  onTestFinished(() => workspace.close())
  return workspace
}

test('the story has the figures of the case: over 20,000 complaints in three days, about 120 entries, all five turning points (C2-01, AN-07…AN-11)', () => {
  expect(COMPLAINTS_PER_HOUR).toHaveLength(72)
  const total = COMPLAINTS_PER_HOUR.reduce((sum, count) => sum + count, 0)
  expect(total).toBeGreaterThan(20_000)
  expect(total).toBeLessThan(21_000)
  const { acts } = airPurifierIn('zh-Hans')
  const written = acts.filter((act) => act.do === 'write')
  expect(written.length).toBeGreaterThan(110)
  expect(new Set(written.flatMap((act) => act.turningPoint ?? []))).toEqual(
    new Set(['precursor', 'acceleration', 'emotion-shift', 'widening', 'cooling']),
  )
  expect(acts.map((act) => act.at)).toEqual(acts.map((act) => act.at).toSorted((a, b) => a - b))
})

/** Every text inside a value that contains a Chinese character or a full-width character. */
function chineseIn(part: unknown): string[] {
  if (typeof part === 'string') return /[\u3000-\u9fff\uff00-\uffef]/.test(part) ? [part] : []
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(chineseIn) : []
}

test('the story is as complete in English: the same acts at the same times, every text of it, and none that the story does not have', () => {
  const [chinese, english] = [airPurifierIn('zh-Hans'), airPurifierIn('en')]
  const shape = ({ at, do: what }: { at: number; do: string }) => [at, what]
  expect(english.acts.map(shape)).toEqual(chinese.acts.map(shape))
  expect(chineseIn(english)).toEqual([])
  expect(new Set(Object.keys(ENGLISH))).toEqual(new Set(chineseIn(chinese)))
  expect(Object.values(ENGLISH).filter((text) => text.trim() === '')).toEqual([])
})

test.for<[Language, string]>([
  ['zh-Hans', '周岚'],
  ['en', 'Zhou Lan'],
])(
  'told to its end in %s no act is refused, clocks are met or missed as in the case, and a wrong number keeps its original (C2-06, CS-01, C1-03, C2-14)',
  { timeout: 300_000 },
  async ([language, commander]) => {
    const { clock, handlers, hub } = await openForStory()
    const player = await startDemo(handlers, clock, language, hub)
    await player.playUntil(DECLARED_AT + 30 * 24 * HOUR)
    expect(player.refused).toEqual([])
    expect(player.ended()).toBe(true)

    const { incidentId } = player
    // The script for agents and the first statement, each approved by PR and legal.
    const wordings = value(await handlers['wordings.list']({ incidentId, removed: false }))
    expect(wordings.map(({ live, last }) => [live?.number, last?.approval.done])).toEqual([
      [1, ['pr', 'legal']],
      [1, ['pr', 'legal']],
    ])
    const incident = value(await handlers['incidents.get']({ incidentId }))
    expect(incident).toMatchObject({
      status: 'closed',
      level: 3,
      stage: 'whole-web',
      commanderName: commander,
      commanderPerson: null,
      declaredAt: DECLARED_AT,
    })
    const late = Object.fromEntries(incident.clocks.map((one) => [one.id, one.met ? (one.met.at - one.dueAt) / 60_000 : null]))
    expect(late).toEqual({ response: -82, 'public-response': 25, 'first-statement': -20, handling: -90, apology: -130 })

    const entries = await entriesOf(handlers, incidentId)
    expect(entries.filter((entry) => entry.kind === 'decision').every((entry) => entry.decision?.reason && entry.decision.decidedBy)).toBe(
      true,
    )
    expect(entries.every((entry) => entry.happenedAt <= entry.recordedAt)).toBe(true)
    expect(entries.some((entry) => entry.evidence.length > 0)).toBe(true)
    // The files of colleagues have reached the hub as well: nothing waits.
    await vi.waitUntil(async () => value(await handlers['workspace.status']({})).sync.filesWaiting === 0, { timeout: 60_000 })
    // Every author writes their own entries: six departments and the commander, with names in the demo's language, and the hub bulletins.
    const writers = new Set(entries.map((entry) => entry.authorName))
    expect(writers.size).toBe(8)
    const { bulletins } = value(await handlers['bulletins.list']({ incidentId, before: 10 }))
    expect(bulletins.map(({ number, mark }) => [number, mark])).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => [number, 'on-time']))
    expect(writers).toContain(language === 'en' ? 'Chen Mo' : '陈默')
    const corrected = entries.filter((entry) => entry.correctionCount > 0)
    expect(corrected).toHaveLength(1)
    const [batch] = value(await handlers['timeline.entry']({ incidentId, entryId: corrected[0]?.id ?? '' })).corrections
    expect(JSON.stringify(batch)).toContain('41,200')

    const tasks = value(await handlers['tasks.list']({ incidentId }))
    expect(tasks.filter((task) => task.progress !== 'done').map((task) => [task.plan?.key, task.progress])).toEqual([
      ['open-retrospective', 'doing'],
    ])
    const lateTasks = tasks.filter((task) => task.dueAt !== null && (task.endedAt ?? 0) > task.dueAt)
    expect(lateTasks.length).toBeGreaterThan(2)
    expect(lateTasks.length).toBeLessThan(tasks.length / 2)
    expect(lateTasks.map((task) => task.plan?.key)).toContain('public-reply')
    expect(value(await handlers['people.list']({ incidentId }))).toHaveLength(8)
    expect(value(await handlers['incidents.series']({ incidentId }))).toHaveLength(4)
  },
)

test(
  'the suggested level agrees with the room but for two times: the hour that was waited for, a mistake, and the level that was kept with a reason (AN-05)',
  { timeout: 300_000 },
  async () => {
    const { clock, handlers, hub } = await openForStory()
    const player = await startDemo(handlers, clock, 'zh-Hans', hub)
    const { incidentId } = player
    const apart: { from: number; until: number; level: number; suggested: number; refused: boolean }[] = []
    let differs = false
    for (const at of new Set(airPurifierIn('zh-Hans').acts.map((act) => act.at))) {
      await player.playUntil(DECLARED_AT + at * 60_000)
      const { level } = value(await handlers['incidents.get']({ incidentId }))
      const { assessment, history } = value(await handlers['risk.get']({ incidentId }))
      const suggested = assessment?.suggestedLevel ?? level
      const last = apart.at(-1)
      if (differs && last) last.until = at
      differs = suggested !== level
      const refused = history[0]?.verdict === 'refused' && history[0].suggestedLevel === suggested
      if (differs && !(last && last.until === at && last.refused === refused && last.suggested === suggested))
        apart.push({ from: at, until: at, level, suggested, refused })
    }
    expect(apart).toEqual([
      { from: 60, until: 81, level: 2, suggested: 1, refused: false },
      { from: 133 * 60, until: 133 * 60 + 5, level: 1, suggested: 2, refused: false },
      { from: 168 * 60, until: 168 * 60 + 10, level: 2, suggested: 3, refused: false },
      { from: 168 * 60 + 10, until: 236 * 60 + 30, level: 2, suggested: 3, refused: true },
    ])
  },
)

test(
  'the demo opens five hours into the story, follows its own clock, pauses, and jumps ahead and back without anything of its own left behind',
  { timeout: 300_000 },
  async () => {
    let wall = 0
    const workspace = await openTheDemo(() => wall)
    const { handlers } = workspace
    const story = async (input: Parameters<ApiHandlers['demo.control']>[0] = {}): Promise<DemoState> =>
      value(await handlers['demo.control'](input))
    const status = async () => value(await handlers['workspace.status']({}))

    const opened = await story()
    expect(opened).toMatchObject({ now: DECLARED_AT + 5 * HOUR, speed: 60, playing: true, ended: false })
    expect(await status()).toMatchObject({ demo: true, clock: { now: DECLARED_AT + 5 * HOUR, rate: 60 } })
    expect(value(await handlers['incidents.get']({ incidentId: opened.incidentId })).level).toBe(1)

    expect(await story({ playing: false })).toMatchObject({ playing: false })
    wall += 60_000
    expect((await status()).clock).toEqual({ now: DECLARED_AT + 5 * HOUR, rate: 0, offset: 0 })

    await story({ playing: true })
    wall += 60_000
    await expect
      .poll(
        async () =>
          value(await handlers['incidents.get']({ incidentId: opened.incidentId })).clocks.find((one) => one.id === 'first-statement')?.met
            ?.at,
      )
      .toBe(DECLARED_AT + 5 * HOUR + 40 * 60_000)
    await expect.poll(async () => (await status()).clock.now).toBe(DECLARED_AT + 6 * HOUR)

    const firstFolder = (await status()).dataFolder
    const ahead = await story({ jumpTo: 'outbreak' })
    expect(ahead).toMatchObject({ now: DECLARED_AT + 12 * HOUR, incidentId: opened.incidentId })
    value(await handlers['workspace.setPreferences']({ language: 'en', theme: 'dark' }))
    const back = await story({ jumpTo: 'begin' })
    // A rebuilt demo uses the viewer's current language.
    expect(value(await handlers['incidents.get']({ incidentId: back.incidentId })).title).toBe(
      'Qingyu Q3 air purifier smokes at night, a child is hurt',
    )
    expect((await status()).preferences).toEqual({ language: 'en', theme: 'dark' })
    expect(back.now).toBe(DECLARED_AT)
    expect(back.incidentId).not.toBe(opened.incidentId)
    expect(
      value(await handlers['incidents.list']({}))
        .map((one) => `${one.status} ${one.mode}`)
        .toSorted(),
    ).toEqual(['closed drill', 'closed real', 'contained real', 'open real'])
    expect(existsSync(firstFolder)).toBe(false)

    const secondFolder = (await status()).dataFolder
    await workspace.close()
    expect(existsSync(secondFolder)).toBe(false)
  },
)

test('a workspace that is no demo says so and keeps the time of the machine', async () => {
  const workspace = await openWorkspace({
    dataFolder: makeTempFolder('no-demo', 'quick'),
    version: 'test',
    workers: workerUrls(import.meta.url),
    log: () => {},
    now: () => 5,
  })
  onTestFinished(() => workspace.close())
  expect(await workspace.handlers['demo.state']({})).toEqual({ ok: false, failure: { code: 'not-a-demo', params: {} } })
  expect(await workspace.handlers['demo.control']({ playing: false })).toMatchObject({ ok: false, failure: { code: 'not-a-demo' } })
  expect(value(await workspace.handlers['workspace.status']({}))).toMatchObject({ demo: false, clock: { now: 5, rate: 1 } })
})

test('a demo is neither opened to others nor does it join a team', async () => {
  const { handlers } = await openForStory()
  value(await handlers['workspace.setUp']({ name: '周岚', role: 'commander', language: 'zh-Hans' }))
  const refused = { ok: false, failure: { code: 'demo-stays-alone', params: {} } }
  expect(await handlers['membership.host']({ teamName: '演示', port: 0, login: 'an@example.com', password: 'a long password' })).toEqual(
    refused,
  )
  expect(
    await handlers['membership.join']({
      code: 'x',
      name: '周岚',
      login: 'an@example.com',
      password: 'a long password',
      device: 'x',
      language: 'zh-Hans',
    }),
  ).toEqual(refused)
})
