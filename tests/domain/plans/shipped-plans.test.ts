import { describe, expect, test } from 'vitest'
import { CLOCK_IDS, defaultClockRules, startClocks } from '#domain/incidents/clocks.ts'
import { INCIDENT_TYPE_IDS } from '#domain/incidents/incident-types.ts'
import { MAX_OP_LENGTH } from '#domain/log/op.ts'
import { PlanContent, type PlanWords } from '#domain/plans/plan.ts'
import { tasksOfPlan } from '#domain/plans/plan-tasks.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import { TaskCreate } from '#domain/tasks/task-ops.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { idOf } from '#tests/support/log-texts.ts'

const HOUR = 3_600_000
const CASES = SHIPPED_PLANS.map(({ id, content }) => [id, content] as const)

function tasksAt(plan: PlanContent, level: 1 | 2 | 3, language: 'zh-Hans' | 'en' = 'zh-Hans') {
  let made = 0
  const clocks = startClocks(defaultClockRules(level, true), TWO_AT_NIGHT)
  return tasksOfPlan(
    plan,
    { declaredAt: TWO_AT_NIGHT, clocks },
    language,
    () => idOf((made += 1)),
    (department) => department ?? '',
  )
}

/** All texts of a plan, with the place of each. */
function wordsOf(plan: PlanContent): { at: string; words: PlanWords }[] {
  return [
    { at: 'title', words: plan.title },
    { at: 'purpose', words: plan.purpose },
    ...plan.phases.map((phase) => ({ at: `phase ${phase.key}`, words: phase.title })),
    ...plan.tasks.flatMap((task) => [
      { at: `${task.key} title`, words: task.title },
      ...(task.detail === undefined ? [] : [{ at: `${task.key} detail`, words: task.detail }]),
      ...task.checklist.map((words, index) => ({ at: `${task.key} item ${index}`, words })),
    ]),
  ]
}

const wordIn = (words: PlanWords, language: 'zh-Hans' | 'en') => (typeof words === 'string' ? '' : words[language])

test('OR-11, 002-09: eight plans under ids that stay, and one at least for each type of incident', () => {
  expect(SHIPPED_PLANS.map(({ id }) => id)).toEqual([
    'complaint-escalation',
    'product-safety-recall',
    'agent-words',
    'information-leak',
    'system-failure',
    'malicious-attack',
    'corporate-news',
    'public-event',
  ])
  expect(new Set(SHIPPED_PLANS.flatMap(({ content }) => content.types))).toEqual(new Set(INCIDENT_TYPE_IDS))
})

describe.for(CASES)('%s', ([, plan]) => {
  test('is a plan, unchanged by parsing, and small enough to be saved and edited by a team', () => {
    expect(PlanContent.parse(plan)).toEqual(plan)
    expect(JSON.stringify(plan).length).toBeLessThan(MAX_OP_LENGTH * 0.6)
  })

  test('has 3 to 5 phases that follow each other from the declaration to an open end', () => {
    expect(plan.phases.length).toBeGreaterThanOrEqual(3)
    expect(plan.phases.length).toBeLessThanOrEqual(5)
    expect(plan.phases[0]?.fromHour).toBe(0)
    expect(plan.phases.at(-1)?.toHour).toBeNull()
    const ends = plan.phases.slice(0, -1).map((phase) => phase.toHour)
    expect(plan.phases.slice(1).map((phase) => phase.fromHour)).toEqual(ends)
    expect(ends).toEqual(ends.toSorted((a, b) => Number(a) - Number(b)))
    expect(new Set(plan.phases.map((phase) => phase.key)).size).toBe(plan.phases.length)
  })

  test('has 12 to 22 tasks under keys of their own, listed by phase, each with a checklist to tick', () => {
    expect(plan.tasks.length).toBeGreaterThanOrEqual(12)
    expect(plan.tasks.length).toBeLessThanOrEqual(22)
    expect(new Set(plan.tasks.map((task) => task.key)).size).toBe(plan.tasks.length)
    const phases = plan.tasks.map((task) => plan.phases.findIndex((phase) => phase.key === task.phase))
    expect(phases).toEqual(phases.toSorted((a, b) => a - b))
    expect(new Set(phases).size).toBe(plan.phases.length)
    for (const task of plan.tasks) {
      expect(task.checklist.length, task.key).toBeGreaterThanOrEqual(3)
      expect(new Set(task.checklist.map((words) => wordIn(words, 'zh-Hans'))).size, task.key).toBe(task.checklist.length)
    }
  })

  test('OR-01: at least four of the six departments have work', () => {
    const departments = new Set(plan.tasks.flatMap((task) => task.department ?? []))
    expect(departments.size).toBeGreaterThanOrEqual(4)
  })

  test('no task waits for itself by any way: all blockers are kept, and stand before what they block', () => {
    const planned = tasksAt(plan, 1)
    const keyOf = new Map(planned.map((task) => [task.id, task.key]))
    for (const [at, task] of planned.entries()) {
      const wanted = plan.tasks.find((one) => one.key === task.key)?.after
      expect(
        task.content.blockedBy.map((id) => keyOf.get(id)),
        task.key,
      ).toEqual(wanted)
      for (const id of task.content.blockedBy)
        expect(
          planned.findIndex((one) => one.id === id),
          task.key,
        ).toBeLessThan(at)
    }
  })

  test('every due time of level I lies inside its phase', () => {
    for (const task of tasksAt(plan, 1)) {
      const phase = plan.phases.find((one) => one.key === plan.tasks.find((planTask) => planTask.key === task.key)?.phase)
      if (task.content.dueAt === null) continue
      const hour = (task.content.dueAt - TWO_AT_NIGHT) / HOUR
      expect(hour, task.key).toBeGreaterThanOrEqual(phase?.fromHour ?? Number.NaN)
      expect(hour, task.key).toBeLessThanOrEqual(phase?.toHour ?? Number.POSITIVE_INFINITY)
    }
  })

  test.for([1, 2, 3] as const)('at level %i nothing is due before what it waits for', (level) => {
    const planned = tasksAt(plan, level)
    const due = new Map(planned.map((task) => [task.id, task.content.dueAt]))
    const pairs = planned.flatMap(({ key, content: { dueAt, blockedBy } }) =>
      blockedBy.map((id) => ({ key, before: due.get(id) ?? null, dueAt })),
    )
    const timed = pairs.filter((pair) => pair.before !== null && pair.dueAt !== null)
    expect(timed.length).toBeGreaterThan(0)
    expect(timed.filter(({ before, dueAt }) => Number(before) > Number(dueAt))).toEqual([])
  })

  test('CB-04: only what is counted from the solution has no due time', () => {
    expect(plan.tasks.filter((task) => task.due === null).map((task) => task.key)).toEqual(
      plan.tasks.some((task) => task.key === 'call-back') ? ['call-back'] : [],
    )
  })

  test('draft, legal review, publication and script follow each other and keep the first statement’s clock', () => {
    const chain = ['draft-statement', 'legal-review', 'publish-statement', 'agent-script'].map((key) =>
      plan.tasks.find((task) => task.key === key),
    )
    expect(chain.map((task) => task?.due)).toEqual([60, 20, 10, 0].map((minutes) => ({ beforeClock: 'first-statement', minutes })))
    expect(chain.map((task) => task?.department)).toEqual(['pr', 'legal', 'pr', 'call-center'])
    for (const [index, task] of chain.slice(1).entries()) expect(task?.after).toContain(chain[index]?.key)
  })

  test('every clock of its first day has a task that meets it', () => {
    const clocks = new Set(plan.tasks.flatMap((task) => (task.due && 'beforeClock' in task.due ? task.due.beforeClock : [])))
    for (const clock of CLOCK_IDS.filter((id) => id !== 'apology')) expect(clocks).toContain(clock)
  })

  test('CL-01: the last task opens the retrospective, after real work and with nothing behind it', () => {
    const last = plan.tasks.at(-1)
    expect(last).toMatchObject({ key: 'open-retrospective', phase: plan.phases.at(-1)?.key, department: null })
    expect(last?.after.length).toBeGreaterThan(0)
    expect(plan.tasks.some((task) => task.after.includes('open-retrospective'))).toBe(false)
  })

  test.for(['zh-Hans', 'en'] as const)('becomes tasks that an incident takes, in %s', (language) => {
    for (const { content, order, key } of tasksAt(plan, 1, language)) {
      const parsed = TaskCreate.safeParse({ ...content, order, plan: { id: 'plan', version: 1, key } })
      expect(parsed.error, key).toBeUndefined()
    }
  })

  test('is written in both languages, each with its own letters and punctuation', () => {
    for (const { at, words } of wordsOf(plan)) {
      const [zh, en] = [wordIn(words, 'zh-Hans'), wordIn(words, 'en')]
      expect(zh, at).toMatch(/\p{Script=Han}/u)
      expect(en, at).toMatch(/[A-Za-z]/)
      expect(en, at).not.toMatch(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|…|—/u)
      expect(en, at).not.toMatch(/["']/)
      expect(zh, at).not.toMatch(/[,;:?!()"'[\]]|\.(?!\d)/)
      // No Chinese character is directly beside a Latin letter or digit.
      expect(zh, at).not.toMatch(/\p{Script=Han}[A-Za-z0-9@]|[A-Za-z0-9%@]\p{Script=Han}/u)
      expect([zh, en], at).toEqual([zh.trim(), en.trim()])
    }
  })

  test('has titles that fit a card: 30 Chinese characters at most, no full stop; nobody’s task is called like another', () => {
    const titles = plan.tasks.map((task) => task.title)
    for (const title of titles) {
      expect(wordIn(title, 'zh-Hans').length).toBeLessThanOrEqual(30)
      expect(wordIn(title, 'en').length).toBeLessThanOrEqual(60)
      expect(`${wordIn(title, 'zh-Hans')}${wordIn(title, 'en')}`).not.toMatch(/[。.]/u)
    }
    for (const language of ['zh-Hans', 'en'] as const)
      expect(new Set(titles.map((title) => wordIn(title, language))).size).toBe(titles.length)
  })

  test('names its sources by ID alone', () => {
    const id = /^(?:00\d-)?(?:[A-Z][A-Z0-9]-\d\d|\d\d)(?:…(?:00\d-)?(?:[A-Z][A-Z0-9]-)?\d\d)?$/u
    for (const source of plan.source.split(', ')) expect(source).toMatch(id)
  })
})
