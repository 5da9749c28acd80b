import { expect, onTestFinished, test } from 'vitest'
import { EMPTY_CONTENT } from '#domain/wording/content.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { done, refused } from './open-incident.ts'

const PLACE = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
const HALF_AN_HOUR = 1_800_000

/** A workspace with its own hub, whose clock stands, and an incident of level I. */
async function openStanding() {
  const clock = createFakeClock(TWO_AT_NIGHT)
  const workspace = await openWorkspace({
    dataFolder: makeTempFolder('bulletins', 'quick'),
    version: 'test',
    workers: workerUrls(import.meta.url),
    log: () => {},
    now: clock.now,
  })
  onTestFinished(() => workspace.close())
  const { handlers } = workspace
  await done(handlers['workspace.setUp']({ name: '林舟', role: 'executive', language: 'zh-Hans' }))
  const given = { title: '起火视频', type: 'product-problem', level: 1, stage: 'initial-complaint', known: '', mode: 'real' } as const
  return { handlers, incidentId: (await done(handlers['incidents.declare'](given))).id }
}

test('C2-12: the device shows what the next bulletin would say, and who may plan it plans it', async () => {
  const { handlers, incidentId } = await openStanding()
  const plan = () => done(handlers['bulletins.plan']({ incidentId }))
  // The hub begins them by itself.
  await expect.poll(plan, { timeout: 10_000 }).toMatchObject({ on: true, byLevel: true, cadence: 60, last: 0, items: [], left: [] })
  const { id: wordingId } = await done(
    handlers['wordings.create']({ incidentId, place: PLACE, content: { ...EMPTY_CONTENT, title: '退款', core: '今天退款。' } }),
  )
  const saved = await done(handlers['wordings.save']({ incidentId, wordingId, note: '', overruled: [], ask: true }))
  expect((await plan()).items).toEqual([])
  const [revision] = saved.revisions
  const ref = { incidentId, wordingId, revisionId: revision?.id ?? '', hash: revision?.hash ?? '' }
  await done(handlers['wordings.release']({ ...ref, until: null, summary: '首版', reason: '客户在线等候' }))
  expect((await plan()).items).toMatchObject([
    { wordingId, number: 1, title: '退款', change: 'new', summary: '首版', from: null, pushed: false },
  ])
  // The commander of the incident may, whatever their role.
  const set = await done(handlers['bulletins.setPlan']({ incidentId, on: true, cadence: 30, offset: 0 }))
  expect(set).toMatchObject({ on: true, byLevel: false, cadence: 30 })
  expect(set.nextDue).toBe(TWO_AT_NIGHT + HALF_AN_HOUR)
  expect(await refused(handlers['bulletins.setPlan']({ incidentId, on: true, cadence: 30, offset: 0 }))).toMatchObject({
    code: 'nothing-changes',
  })
  expect(await done(handlers['bulletins.standing']({}))).toMatchObject([{ incidentId, waiting: 1, missed: [], last: null }])
  expect(await refused(handlers['bulletins.hold']({ incidentId, wordingId: incidentId, reason: '等' }))).toMatchObject({
    code: 'not-found',
  })
  await done(handlers['bulletins.sendNow']({ incidentId }))
  const list = () => done(handlers['bulletins.list']({ incidentId, before: null }))
  await expect
    .poll(list, { timeout: 10_000 })
    .toMatchObject({ bulletins: [{ number: 1, slot: null, mark: 'out-of-turn', requestedByName: '林舟' }], more: false })
  const [first] = (await list()).bulletins
  expect(await done(handlers['bulletins.standing']({}))).toMatchObject([{ incidentId, last: first }])
  expect((await done(handlers['bulletins.get']({ incidentId, bulletinId: first?.id ?? '' }))).differences).toEqual([
    {
      wordingId,
      fields: [
        { at: 'title', before: '', after: '退款' },
        { at: 'core', before: '', after: '今天退款。' },
      ],
    },
  ])
  expect(await plan()).toMatchObject({ requestedAt: null, items: [], last: 1 })
})
