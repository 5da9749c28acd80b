import type { ApiClient, CallInput } from '#contract/api.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Declaration = Partial<CallInput<'incidents.declare'>> & { title: string }

async function call<Name extends Parameters<ApiClient['call']>[0]>(client: ApiClient, name: Name, input: CallInput<Name>) {
  const result = await client.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`)
  return result.value
}

/**
 * Creates a crisis with everything that a comparison or the wall screen shows: entries from hours ago until now, hourly
 * numbers, a turning point, tasks with dependencies, people, a met clock. Declared now; all times count back from now.
 * @param factor multiplies its numbers
 * @returns the incident's id
 */
export async function tellCrisis(client: ApiClient, declaration: Declaration, { factor = 1, hours = 30 } = {}): Promise<string> {
  const { id: incidentId } = await call(client, 'incidents.declare', {
    type: 'product-problem',
    level: 2,
    stage: 'opinion-leaders',
    known: '',
    ...declaration,
  })
  const now = Date.now()
  const write = (hoursAgo: number, entry: Omit<CallInput<'timeline.record'>, 'incidentId'>) =>
    call(client, 'timeline.record', { incidentId, happenedAt: now - hoursAgo * HOUR, ...entry })
  await write(hours, { kind: 'observation', text: '论坛出现第一条视频，播放三百次' })
  await write(hours - 2, { kind: 'turning-point', turningPoint: 'acceleration', text: '三家大号转发，每小时播放翻三倍' })
  await write(hours - 3, {
    kind: 'decision',
    text: '暂停该机型线上销售，冻结库存',
    decision: { reason: '批次未核实，安全优先', decidedBy: '林舟' },
  })
  const statement = await write(hours - 5, {
    kind: 'statement',
    text: '首次声明：已知晓，正在调查，请先停用并拔下电源；客户 13812345678 已联系',
    meets: ['first-statement'],
  })
  await call(client, 'timeline.star', { incidentId, entryId: statement.id, starred: true })
  const voice = await write(4, { kind: 'customer-voice', text: '我家孩子的房间里着火了，你们打算怎么赔' })
  await call(client, 'timeline.star', { incidentId, entryId: voice.id, starred: true })
  const report = await write(3, { kind: 'media-report', text: '财经媒体发出长篇报道，点名供应商' })
  await call(client, 'timeline.star', { incidentId, entryId: report.id, starred: true })
  await write(2, {
    kind: 'decision',
    text: '召回方案三选一：上门维修、免费换新、延长质保；序列号在线查询今晚上线，客服热线扩到二十四小时，由协调组每小时更新一次话术',
    decision: { reason: '专家组结论已出', decidedBy: '林舟' },
  })
  await write(0.5, { kind: 'statement', text: '公布召回范围与三种处理方式' })
  const numbers = async (
    name: string,
    unit: string,
    metric: 'spread' | 'sentiment',
    reading: 'increments' | 'level',
    values: readonly number[],
  ) => {
    let series: CallInput<'risk.enterNumber'>['series'] = { name, unit, metric, reading }
    for (const [index, value] of values.entries()) {
      const entered: { id: string } = await call(client, 'risk.enterNumber', {
        incidentId,
        series,
        at: now - (values.length - index) * HOUR,
        value: reading === 'level' ? value : Math.round(value * factor),
      })
      series = { seriesId: entered.id }
    }
  }
  await numbers(
    '投诉量',
    '件',
    'spread',
    'increments',
    Array.from({ length: hours + 2 }, (_, hour) => Math.round(12 + 900 * Math.exp(-(((hour - hours * 0.55) / 6) ** 2)))),
  )
  await numbers('负面占比', '%', 'sentiment', 'level', [32, 38, 51, 66, 74])
  const people = [
    { layer: 'decision', department: null, name: '林舟', backup: '', duty: '' },
    { layer: 'coordination', department: null, name: '许岚', backup: '', duty: '' },
    { layer: 'execution', department: 'pr', name: '周敏', backup: '', duty: '' },
  ] as const
  for (const person of people) await call(client, 'people.assign', { incidentId, ...person })
  const task = (
    title: string,
    owner: string,
    department: 'pr' | 'legal' | 'technical' | null,
    dueAt: number | null,
    blockedBy: string[] = [],
  ) =>
    call(client, 'tasks.create', {
      incidentId,
      task: { title, detail: '', phase: '爆发期', department, owner, dueAt, checklist: [], blockedBy },
    })
  const check = await task('核实涉事批次与供应商记录', '', 'technical', now - 40 * MINUTE)
  await task('审定召回公告法律用语', '', 'legal', now + 2 * HOUR, [check.id])
  await task('更新一线话术与常见问答', '周敏', 'pr', now + HOUR)
  await task('决定是否开新闻发布会', '林舟', null, now + 3 * HOUR)
  await task('每小时汇总各部门进展', '许岚', null, now + 30 * MINUTE)
  return incidentId
}
