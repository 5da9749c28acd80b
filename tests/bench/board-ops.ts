import { defaultClockRules } from '#domain/incidents/clocks.ts'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { createAuthor, entryOp, opText, STARTED_AT, type Author } from './op-texts.ts'
import { uuidAt } from './random.ts'

const HOUR = 3_600_000
const LEVELS = [3, 2, 3, 1] as const
const STAGES = ['initial-complaint', 'platform-spread', 'opinion-leaders', 'media-report', 'whole-web'] as const
const TASKS = ['核实投诉', '封存样机', '准备声明', '联系监管部门', '安抚门店', '社媒静默']
const POINTS = 96

export type BoardPlot = { seed: number; incidents: number; entries: number; /** One in so many is running. */ runningEvery: number }

/** Whether the incident with that index is left running. */
export const isLeftRunning = (plot: BoardPlot, index: number) => index % plot.runningEvery === 0

/**
 * The whole history of a team: every incident has tasks, a number series and entries; a third has been assessed. The running
 * incidents are all commanded by the one member, and all their tasks and clocks are overdue: more than for any real commander.
 */
export function* boardOps(author: Author, plot: BoardPlot): Generator<string> {
  yield opText(author, TEAM_SCOPE, { kind: 'member', id: author.memberId }, 'member.join', { name: '林晚', role: 'commander' }, STARTED_AT)
  const each = Math.floor(plot.entries / plot.incidents)
  for (let index = 0; index < plot.incidents; index++) yield* incidentOps(author, plot, index, each)
}

function* incidentOps(author: Author, plot: BoardPlot, index: number, entries: number): Generator<string> {
  const at = STARTED_AT + index * HOUR
  const id = uuidAt(at, author.random)
  const scope = incidentScope(id)
  const op = (kind: string, entityId: string, type: string, body: object) => opText(author, scope, { kind, id: entityId }, type, body, at)
  const level = LEVELS[index % LEVELS.length] ?? 3
  const title = `第 ${index + 1} 起：空气净化器起火投诉`
  const stage = STAGES[index % STAGES.length]
  yield op('incident', id, 'incident.declare', {
    title,
    type: 'product-problem',
    level,
    stage,
    known: '顾客拍下视频，门店已封存样机。',
    mode: 'real',
    declaredAt: at,
    clocks: defaultClockRules(level, true),
  })
  for (const [order, task] of TASKS.entries()) {
    const body = {
      title: task,
      detail: '',
      phase: '预警期',
      department: null,
      owner: '',
      dueAt: at + (order + 1) * HOUR,
      checklist: [{ id: '0', text: '留下记录' }],
      blockedBy: [],
      order,
    }
    yield op('task', uuidAt(at, author.random), 'task.create', body)
  }
  const seriesId = uuidAt(at, author.random)
  yield op('series', seriesId, 'series.create', { name: '微博讨论量', unit: '条', metric: 'spread' })
  const points = Array.from({ length: POINTS }, (_, hour) => [at + hour * HOUR, author.random.below(50) + hour * (index % 7)])
  yield op('points', uuidAt(at, author.random), 'series.add-points', { seriesId, points })
  if (index % 3 === 0) {
    const inputs = { growth24h: 40, negativeShare: 60, mainstreamMedia: 2, opinionLeaders: 3, enquiryGrowth: null }
    const body = {
      inputs,
      weights: { spread: 1, sentiment: 1, influence: 1, business: 1 },
      composite: 3,
      suggestedLevel: 2,
      verdict: 'noted',
      reason: '',
    }
    yield op('assessment', uuidAt(at, author.random), 'assessment.record', body)
  }
  for (let entry = 0; entry < entries; entry++) yield entryOp(author, id, index * entries + entry, at + entry * 60_000)
  if (!isLeftRunning(plot, index)) yield op('incident', id, 'incident.set-status', { from: 'open', to: 'closed', reason: '已处理完毕' })
}

/** The author of a board, with the same ids in every run. */
export const boardAuthor = (plot: BoardPlot): Author => createAuthor(plot.seed)
