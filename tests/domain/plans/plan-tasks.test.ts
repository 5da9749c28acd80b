import { expect, test } from 'vitest'
import { defaultClockRules, startClocks } from '#domain/incidents/clocks.ts'
import { PlanContent, planWords } from '#domain/plans/plan.ts'
import { tasksOfPlan } from '#domain/plans/plan-tasks.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { idOf } from '#tests/support/log-texts.ts'

const MINUTE = 60_000

const TASK = {
  key: 'a',
  phase: 'first',
  title: '起草',
  department: 'pr',
  due: null,
  checklist: [],
  after: [],
} satisfies PlanContent['tasks'][number]

function plan(tasks: PlanContent['tasks']): PlanContent {
  return {
    title: '预案',
    purpose: '目的',
    types: ['product-problem'],
    phases: [{ key: 'first', title: '第一阶段', fromHour: 0, toHour: 6 }],
    tasks,
    source: '',
  }
}

function planned(content: PlanContent, level: 1 | 2 | 3, apologyDue = true, language: 'zh-Hans' | 'en' = 'zh-Hans') {
  let made = 0
  const clocks = startClocks(defaultClockRules(level, apologyDue), TWO_AT_NIGHT)
  return tasksOfPlan(
    content,
    { declaredAt: TWO_AT_NIGHT, clocks },
    language,
    () => idOf((made += 1)),
    (department) => (department === 'pr' ? '林岚' : ''),
  )
}

const minutesDue = (content: PlanContent, level: 1 | 2 | 3, apologyDue = true) =>
  new Map(
    planned(content, level, apologyDue).map((task) => [
      task.key,
      task.content.dueAt === null ? null : (task.content.dueAt - TWO_AT_NIGHT) / MINUTE,
    ]),
  )

const shipped = (id: string) => {
  const found = SHIPPED_PLANS.find((one) => one.id === id)
  if (!found) throw new Error(`no plan ${id}`)
  return found.content
}

test('MO-07, CS-01, C2-06, C1-05, C1-03: at level I the clocks give the product-safety tasks their times', () => {
  const due = minutesDue(shipped('product-safety-recall'), 1)
  expect(Object.fromEntries(due)).toMatchObject({
    convene: 15,
    'contact-victim': 50,
    'public-reply': 240,
    'draft-statement': 300,
    'legal-review': 340,
    'publish-statement': 350,
    'agent-script': 360,
    'trend-brief': 1440,
    apologise: 2820,
    'call-back': null,
    'open-retrospective': 30240,
  })
})

test('a clock that does not run leaves its tasks without a time, and all of them in their place', () => {
  for (const { id, content } of SHIPPED_PLANS) {
    const ofClock = (...clocks: string[]) =>
      content.tasks.filter((task) => task.due && 'beforeClock' in task.due && clocks.includes(task.due.beforeClock)).map((task) => task.key)
    const due = minutesDue(content, 3, false)
    expect([...due.keys()].toSorted(), id).toEqual(content.tasks.map((task) => task.key).toSorted())
    const timeless = content.tasks.filter((task) => task.due === null).map((task) => task.key)
    expect(
      [...due]
        .filter(([, at]) => at === null)
        .map(([key]) => key)
        .toSorted(),
      id,
    ).toEqual([...timeless, ...ofClock('public-response', 'first-statement', 'apology')].toSorted())
    expect(ofClock('public-response', 'first-statement').length, id).toBeGreaterThan(0)
  }
})

test('MO-05: at level II the response clock gives its tasks the later time, all others stay', () => {
  const [one, two] = [minutesDue(shipped('agent-words'), 1), minutesDue(shipped('agent-words'), 2)]
  expect([one.get('contact-customer'), two.get('contact-customer')]).toEqual([60, 120])
  expect([...two].filter(([key]) => key !== 'contact-customer')).toEqual([...one].filter(([key]) => key !== 'contact-customer'))
})

test('a task takes words, phase, owner and checklist in the language asked for', () => {
  const content = shipped('complaint-escalation')
  const [zh, en] = (['zh-Hans', 'en'] as const).map((language) =>
    planned(content, 1, true, language).find((task) => task.key === 'draft-statement'),
  )
  expect(zh?.content).toMatchObject({ title: '起草情况说明', phase: '公开回应', department: 'pr', owner: '林岚' })
  expect(en?.content).toMatchObject({ title: 'Draft the statement', phase: 'Respond in public' })
  expect(zh?.content.checklist.map((item) => item.id)).toEqual([
    'draft-statement-0',
    'draft-statement-1',
    'draft-statement-2',
    'draft-statement-3',
  ])
  expect(en?.content.checklist[0]?.text).toBe('Known facts, what is being done, and when')
  expect(planned(content, 1).find((task) => task.key === 'legal-review')?.content.owner).toBe('')
  expect(planWords('只有中文', 'en')).toBe('只有中文')
})

test('blockers come first, whatever the order in the plan, and a ring is cut rather than kept', () => {
  const line = planned(
    plan([
      { ...TASK, key: 'last', after: ['middle'] },
      { ...TASK, key: 'middle', after: ['first'] },
      { ...TASK, key: 'first' },
    ]),
    1,
  )
  expect(line.map((task) => [task.key, task.order, task.content.blockedBy.length])).toEqual([
    ['first', 2, 0],
    ['middle', 1, 1],
    ['last', 0, 1],
  ])
  const ring = planned(
    plan([
      { ...TASK, key: 'a', after: ['b'] },
      { ...TASK, key: 'b', after: ['a'] },
    ]),
    1,
  )
  expect(ring.map((task) => task.content.blockedBy)).toEqual([[], [ring[0]?.id]])
})

test.for([
  ['a task in a phase that there is not', [{ ...TASK, phase: 'second' }]],
  ['two tasks under one key', [TASK, TASK]],
  ['a task that waits for one that there is not', [{ ...TASK, after: ['b'] }]],
  ['a key that is none', [{ ...TASK, key: 'Draft it' }]],
  ['a clock that there is not', [{ ...TASK, due: { beforeClock: 'lunch', minutes: 5 } }]],
  ['no task', []],
] as const)('%s is no plan', ([, tasks]) => {
  expect(PlanContent.safeParse({ ...plan([TASK]), tasks }).success).toBe(false)
  expect(PlanContent.safeParse(plan([TASK])).success).toBe(true)
})
