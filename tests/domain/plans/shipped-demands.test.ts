import { expect, test } from 'vitest'
import type { PlanContent } from '#domain/plans/plan.ts'
import { planWords } from '#domain/plans/plan.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'

function contentOf(id: string): PlanContent {
  const found = SHIPPED_PLANS.find((one) => one.id === id)
  if (!found) throw new Error(`no plan ${id}`)
  return found.content
}

/** All texts of a task in one language. */
function textOf(plan: PlanContent, key: string, language: 'zh-Hans' | 'en'): string {
  const task = plan.tasks.find((one) => one.key === key)
  if (!task) throw new Error(`no task ${key}`)
  return [task.title, ...(task.detail === undefined ? [] : [task.detail]), ...task.checklist]
    .map((words) => planWords(words, language))
    .join('\n')
}

const taskOf = (plan: PlanContent, key: string) => plan.tasks.find((task) => task.key === key)

const safety = contentOf('product-safety-recall')
const words = contentOf('agent-words')

test.for([
  ['C2-01 20,000 cases in three days', 'hotline', ['三天 2 万件'], ['20,000 cases in three days']],
  ['C2-02 video and vertical forums', 'watch', ['视频', '垂直论坛'], ['video', 'Specialist forums']],
  ['C2-03 mainstream platforms, searches times ten', 'watch', ['主流平台', '10 倍'], ['mainstream platforms', 'ten times']],
  ['C2-04 traditional media', 'weekly-report', ['媒体'], ['media']],
  ['C2-04 regulator', 'press-conference', ['监管部门'], ['regulator']],
  [
    'C2-06 first statement: aware, investigating, safe use',
    'draft-statement',
    ['已知悉', '在调查', '临时安全使用建议'],
    ['Aware', 'Investigating', 'safe-use advice'],
  ],
  ['C2-06 within 6 hours', 'publish-statement', ['6 小时内'], ['within 6 hours']],
  ['C2-07 dedicated 24-hour hotline', 'hotline', ['24 小时专线', '人身安全'], ['24-hour hotline', 'safety of people']],
  [
    'C2-08 expert team, scope, severity, case database',
    'investigate',
    ['专家组', '影响范围', '严重程度', '案例库'],
    ['expert team', 'scope', 'severity', 'database'],
  ],
  [
    'C2-09 press conference within 24 hours',
    'press-conference',
    ['24 小时内', '技术负责人', '原因、范围和风险', 'CEO', '召回'],
    ['within 24 hours', 'technical head', 'cause, scope and risk', 'CEO', 'recall'],
  ],
  [
    'C2-10 three options and serial check',
    'plan-recall',
    ['上门维修', '免费换新', '延长保修', '序列号'],
    ['on-site repair', 'free exchange', 'longer warranty', 'serial-number'],
  ],
  [
    'C2-11 weekly report',
    'weekly-report',
    ['每周', '召回数量', '维修完成率'],
    ['every week', 'quantity recalled', 'repair completion rate'],
  ],
  ['C2-11 customers are called', 'run-recall', ['主动外呼预约'], ['call customers for dates']],
  ['C2-12 script and FAQ every hour', 'agent-script', ['话术和 FAQ', '每小时'], ['script and FAQ', 'every hour']],
  [
    'C2-13 staff of the whole company, three levels, emotion specialist',
    'surge-staff',
    ['全公司', '三级响应', '专家', '情绪管理专员'],
    ['whole company', 'three-level', 'experts', 'emotion specialist'],
  ],
  ['C2-13 live data on complaints', 'trend-brief', ['实时分析'], ['calls live']],
] as const)('case 2 asks for %s', ([, key, zh, en]) => {
  for (const part of zh) expect(textOf(safety, key, 'zh-Hans')).toContain(part)
  for (const part of en) expect(textOf(safety, key, 'en').toLowerCase()).toContain(part.toLowerCase())
})

test('C2-02, C2-03, C2-04, C2-05, C2-14: the phases are those of the case, under control within three weeks', () => {
  expect(safety.phases.map(({ key, fromHour, toHour }) => [key, fromHour, toHour])).toEqual([
    ['warning', 0, 12],
    ['outbreak', 12, 48],
    ['peak', 48, 72],
    ['easing', 72, 3 * 7 * 24],
    ['close', 3 * 7 * 24, null],
  ])
  expect(taskOf(safety, 'open-retrospective')?.due).toEqual({ afterDeclarationMin: 3 * 7 * 24 * 60 })
})

test('C2-06, C2-09, C2-10: the order of things: advice and hotline by the statement; finding and recall before the press conference, a day apart', () => {
  expect(taskOf(safety, 'draft-statement')?.after).toContain('safe-use')
  expect(taskOf(safety, 'hotline')?.due).toEqual({ afterDeclarationMin: 300 })
  expect(textOf(safety, 'publish-statement', 'zh-Hans')).toContain('专线已试拨接通')
  expect(taskOf(safety, 'press-conference')?.after).toEqual(expect.arrayContaining(['investigate', 'plan-recall']))
  expect(taskOf(safety, 'run-recall')?.after).toContain('press-conference')
  const minutes = ['investigate', 'press-conference', 'weekly-report'].map((key) => {
    const due = taskOf(safety, key)?.due
    return due && 'afterDeclarationMin' in due ? due.afterDeclarationMin : Number.NaN
  })
  expect(minutes.map((at, index) => at - (minutes[index - 1] ?? at))).toEqual([0, 24 * 60, 7 * 24 * 60])
})

test.for([
  ['C1-01 100,000 forwards', 'watch', ['10 万'], ['100,000']],
  [
    'C1-02 the five stages of the spread',
    'watch',
    ['客户原帖和话题标签', '维权大 V', '财经和消费媒体', '消费者协会', '企业文化'],
    ['post and its tags', 'rights activists', 'finance and consumer media', 'consumer association', 'company culture'],
  ],
  [
    'C1-03 formal apology within 48 hours that admits the problem',
    'apologise',
    ['48 小时内', '承认问题'],
    ['Apologize formally', 'admits'],
  ],
  ['C1-04 measures and timetable are public', 'apologise', ['整改措施和时间表'], ['Measures and timetable']],
  ['C1-04 personal apology and compensation', 'compensate', ['当面致歉', '补偿'], ['in person', 'compensat']],
  ['C1-04 the agent is suspended, and cared for', 'suspend-agent', ['停岗', '关怀', '心理疏导'], ['Suspend', 'care', 'Psychological help']],
  ['C1-04 all are trained', 'train-all', ['全员培训'], ['Train everybody']],
  ['C1-04 supervision committee with users', 'supervision', ['用户参与的监督委员会'], ['supervision committee with users']],
  ['C1-05 the golden 24 hours', 'handling-brief', ['24 小时内'], ['24 hours']],
  ['C1-05 no template language', 'draft-statement', ['不用模板话'], ['no template']],
  [
    'C1-06 silence of staff on social media',
    'staff-silence',
    ['全员社交媒体静默', '不评论、不转发', '外包', '朋友圈'],
    ['silent on social media', 'no comment', 'vendors'],
  ],
  ['C1-06 coordination', 'convene', ['六个部门', '唯一对外发言人'], ['six departments', 'One person speaks']],
  ['C1-06 long-term prevention', 'plan-reform', ['长期预防机制'], ['long-term prevention']],
  ['C1-07 the recording is secured, whole', 'secure-recording', ['完整录音'], ['whole recording']],
  ['C1-07 the agent is the company', 'draft-statement', ['公司担责'], ['company takes it']],
] as const)('case 1 asks for %s', ([, key, zh, en]) => {
  for (const part of zh) expect(textOf(words, key, 'zh-Hans')).toContain(part)
  for (const part of en) expect(textOf(words, key, 'en').toLowerCase()).toContain(part.toLowerCase())
})

test('C1-03, C1-04, C1-05: phases end at 24 and 48 hours, and the apology comes with a reform that has a timetable', () => {
  expect(words.phases.map((phase) => phase.toHour)).toEqual([4, 24, 48, 720, null])
  expect(taskOf(words, 'apologise')).toMatchObject({ due: { beforeClock: 'apology' }, after: expect.arrayContaining(['plan-reform']) })
  expect(taskOf(words, 'handling-brief')?.due).toEqual({ beforeClock: 'handling', minutes: 0 })
  expect(taskOf(words, 'staff-silence')?.checklist.length).toBeGreaterThanOrEqual(5)
})

test('003-04: an outage is halted and announced within 30 minutes', () => {
  const plan = contentOf('system-failure')
  expect(plan.phases[0]).toMatchObject({ fromHour: 0, toHour: 0.5 })
  expect(taskOf(plan, 'outage-notice')?.due).toEqual({ afterDeclarationMin: 30 })
  expect(textOf(plan, 'outage-notice', 'zh-Hans')).toContain('30 分钟')
})

test('003-14: the customer of an escalated complaint is reached within 15 minutes', () => {
  const plan = contentOf('complaint-escalation')
  expect(taskOf(plan, 'contact-customer')?.due).toEqual({ afterDeclarationMin: 15 })
  expect(textOf(plan, 'contact-customer', 'zh-Hans')).toContain('15 分钟内')
})

test('002-14: a leak is reported to security at once, accounts are reset, the way is traced, protection is raised', () => {
  const plan = contentOf('information-leak')
  expect(plan.tasks[0]).toMatchObject({ key: 'report-security', due: { afterDeclarationMin: 10 } })
  for (const key of ['reset-accounts', 'trace', 'harden']) expect(taskOf(plan, key)?.department).toBe('technical')
  expect(taskOf(plan, 'harden')?.after).toEqual(['trace'])
  // 002-10.
  expect(textOf(plan, 'harden', 'zh-Hans')).toMatch(/传输和存储全部加密[\s\S]*权限收到最小[\s\S]*安全审计和风险评估/u)
})

test('CB-02, CB-04: plans that call back do so 3 to 7 days after the solution, not after the declaration', () => {
  const withCallBack = SHIPPED_PLANS.filter(({ content }) => taskOf(content, 'call-back'))
  expect(withCallBack.length).toBeGreaterThanOrEqual(6)
  for (const { id, content } of withCallBack) {
    expect(textOf(content, 'call-back', 'zh-Hans'), id).toContain('3 至 7 天')
    expect(textOf(content, 'call-back', 'zh-Hans'), id).toMatch(/高管|负责人/u)
    expect(taskOf(content, 'call-back'), id).toMatchObject({ department: 'call-center', due: null })
  }
})
