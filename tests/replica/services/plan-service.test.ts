import { planWords, type PlanContent } from '#domain/plans/plan.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import { expect, test } from 'vitest'
import { done, openIncident, refused } from './open-incident.ts'

const OWN: PlanContent = {
  title: '门店停电',
  purpose: '让顾客安全离店',
  types: ['system-failure'],
  phases: [
    { key: 'first', title: '先期', fromHour: 0, toHour: 1 },
    { key: 'then', title: '后续', fromHour: 1, toHour: null },
  ],
  tasks: [
    {
      key: 'light',
      phase: 'first',
      title: '开应急灯',
      department: 'technical',
      due: { afterDeclarationMin: 5 },
      checklist: ['东区', '西区'],
      after: [],
    },
    {
      key: 'notice',
      phase: 'then',
      title: '发公告',
      department: 'pr',
      due: { beforeClock: 'response', minutes: 10 },
      checklist: [],
      after: ['light'],
    },
    {
      key: 'later',
      phase: 'then',
      title: '复查线路',
      department: null,
      due: { beforeClock: 'apology', minutes: 0 },
      checklist: [],
      after: [],
    },
  ],
  source: '',
}

test.each(SHIPPED_PLANS.map((plan) => [plan.id, plan] as const))(
  '002-09, OR-11: the shipped plan %s starts whole, in both languages, and a second time adds nothing',
  async (planId, { content }) => {
    const { handlers, incident } = await openIncident(content.types[0] ?? 'product-problem')
    for (const language of ['zh-Hans', 'en'] as const) {
      const other =
        language === 'en'
          ? await done(
              handlers['incidents.declare']({
                title: 'English',
                type: incident.type,
                level: 1,
                stage: 'initial-complaint',
                known: '',
                mode: 'real',
              }),
            )
          : incident
      const incidentId = other.id
      expect(await done(handlers['plans.apply']({ incidentId, planId, language }))).toEqual({ added: content.tasks.length, already: 0 })
      const tasks = await done(handlers['tasks.list']({ incidentId }))
      expect(tasks.map((task) => task.title)).toEqual(content.tasks.map((task) => planWords(task.title, language)))
      for (const task of content.tasks) {
        const made = tasks.find((one) => one.plan?.key === task.key)
        expect(made?.waitingFor.map((one) => one.title).toSorted(), task.key).toEqual(
          task.after.map((key) => planWords(content.tasks.find((one) => one.key === key)?.title ?? '', language)).toSorted(),
        )
      }
      expect(await done(handlers['plans.apply']({ incidentId, planId, language }))).toEqual({ added: 0, already: content.tasks.length })
    }
  },
)

test('OR-11: due times count from the declaration or back from a clock; owners come from the people of the incident', async () => {
  const { handlers, incident } = await openIncident('system-failure')
  const incidentId = incident.id
  await done(handlers['people.assign']({ incidentId, layer: 'execution', department: 'technical', name: '周航', backup: '', duty: '' }))
  const plan = await done(handlers['plans.save']({ version: 0, content: OWN, note: '' }))
  await done(handlers['plans.apply']({ incidentId, planId: plan.id, language: 'zh-Hans' }))
  const tasks = await done(handlers['tasks.list']({ incidentId }))
  const response = incident.clocks.find((clock) => clock.id === 'response')
  expect(tasks.map((task) => [task.title, task.owner, task.dueAt, task.phase])).toEqual([
    ['开应急灯', '周航', incident.declaredAt + 5 * 60_000, '先期'],
    ['发公告', '', (response?.dueAt ?? 0) - 10 * 60_000, '后续'],
    // A system failure has no apology clock, so the task has no due time.
    ['复查线路', '', null, '后续'],
  ])
  expect(tasks[1]?.waitingFor.map((one) => one.title)).toEqual(['开应急灯'])
})

test('002-09: a plan that grew adds only its new tasks, which wait for those that are there', async () => {
  const { handlers, incident } = await openIncident('system-failure')
  const incidentId = incident.id
  const plan = await done(handlers['plans.save']({ version: 0, content: OWN, note: '' }))
  await done(handlers['plans.apply']({ incidentId, planId: plan.id, language: 'zh-Hans' }))
  const [light] = await done(handlers['tasks.list']({ incidentId }))
  await done(handlers['tasks.move']({ incidentId, taskId: light?.id ?? '', to: 'done', note: '' }))
  const grown: PlanContent = {
    ...OWN,
    tasks: [
      ...OWN.tasks,
      { key: 'count', phase: 'then', title: '清点人数', department: null, due: null, checklist: [], after: ['notice'] },
    ],
  }
  await done(handlers['plans.save']({ planId: plan.id, version: 1, content: grown, note: '加清点' }))
  expect(await done(handlers['plans.apply']({ incidentId, planId: plan.id, language: 'zh-Hans' }))).toEqual({ added: 1, already: 3 })
  const tasks = await done(handlers['tasks.list']({ incidentId }))
  expect(tasks.map((task) => [task.title, task.progress, task.plan?.version])).toEqual([
    ['开应急灯', 'done', 1],
    ['发公告', 'todo', 1],
    ['复查线路', 'todo', 1],
    ['清点人数', 'todo', 2],
  ])
  expect(tasks[3]?.waitingFor.map((one) => one.title)).toEqual(['发公告'])
})

test('plans are versioned: saving over a version that is no longer the last one is refused', async () => {
  const { handlers } = await openIncident()
  const plan = await done(handlers['plans.save']({ version: 0, content: OWN, note: '初稿' }))
  expect(plan).toMatchObject({ version: 1, origin: 'own', note: '初稿', savedByName: '林舟', retired: false })
  expect(await done(handlers['plans.save']({ planId: plan.id, version: 1, content: { ...OWN, title: '停电' }, note: '' }))).toMatchObject({
    version: 2,
    content: { title: '停电' },
  })
  expect(await refused(handlers['plans.save']({ planId: plan.id, version: 1, content: OWN, note: '' }))).toMatchObject({
    code: 'changed-meanwhile',
    params: { now: 2 },
  })
})

test('a shipped plan that the team changes is its own from then on; retired without a change it stays the shipped one', async () => {
  const { handlers } = await openIncident()
  const [first, second] = SHIPPED_PLANS
  const find = async (id: string | undefined) => (await done(handlers['plans.list']({}))).find((plan) => plan.id === id)
  expect((await done(handlers['plans.list']({}))).map((plan) => [plan.id, plan.origin, plan.version])).toEqual(
    SHIPPED_PLANS.map((plan) => [plan.id, 'shipped', 1]),
  )
  if (!first || !second) throw new Error('No plans are shipped')
  await done(handlers['plans.save']({ planId: first.id, version: 1, content: { ...first.content, title: '我们的预案' }, note: '' }))
  expect(await find(first.id)).toMatchObject({ origin: 'changed', version: 2, content: { title: '我们的预案' } })
  await done(handlers['plans.retire']({ planId: second.id, retired: true }))
  expect(await find(second.id)).toMatchObject({ origin: 'shipped', retired: true })
  await done(handlers['plans.retire']({ planId: second.id, retired: false }))
  expect(await find(second.id)).toMatchObject({ origin: 'shipped', retired: false, content: { title: second.content.title } })
  expect(await refused(handlers['plans.retire']({ planId: 'no-such-plan', retired: true }))).toMatchObject({ code: 'not-found' })
})

test('OR-11: every version of a plan can be read: the shipped one, who saved the others and why; putting it away adds none but its own', async () => {
  const { handlers } = await openIncident('system-failure')
  const planId = SHIPPED_PLANS[0]?.id ?? ''
  const shipped = SHIPPED_PLANS[0]?.content ?? OWN
  const versionsOf = async (id: string) =>
    (await done(handlers['plans.versions']({ planId: id }))).map((one) => [one.version, one.note, one.savedByName === null])
  expect(await versionsOf(planId)).toEqual([[1, '', true]])
  await done(handlers['plans.save']({ planId, version: 1, content: { ...shipped, title: '二版' }, note: '改名' }))
  await done(handlers['plans.save']({ planId, version: 2, content: { ...shipped, title: '三版' }, note: '再改' }))
  expect(await refused(handlers['plans.save']({ planId, version: 1, content: OWN, note: '晚了' }))).toMatchObject({
    code: 'changed-meanwhile',
  })
  expect(await versionsOf(planId)).toEqual([
    [1, '', true],
    [2, '改名', false],
    [3, '再改', false],
  ])
  const versions = await done(handlers['plans.versions']({ planId }))
  expect(versions.map((one) => one.content.title)).toEqual([shipped.title, '二版', '三版'])
  await done(handlers['plans.retire']({ planId, retired: true }))
  expect(await versionsOf(planId)).toHaveLength(3)
  const own = await done(handlers['plans.save']({ version: 0, content: OWN, note: '' }))
  expect(await versionsOf(own.id)).toEqual([[1, '', false]])
  expect(await versionsOf('none')).toEqual([])
})
