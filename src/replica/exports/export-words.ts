import type { ClockId, ClockState } from '#domain/incidents/clocks.ts'
import type { IncidentStatus, Stage } from '#domain/incidents/incident.ts'
import type { IncidentTypeId } from '#domain/incidents/incident-types.ts'
import type { EntryKind, TurningPoint } from '#domain/timeline/entry.ts'
import type { Language } from '#contract/station-api.ts'

/** The words of exported documents; the compiler sees to it that no language lacks one. */
export type ExportWords = {
  kinds: Record<EntryKind, string>
  stages: Record<Stage, string>
  types: Record<IncidentTypeId, string>
  clocks: Record<ClockId, string>
  turningPoints: Record<TurningPoint, string>
  levels: Record<1 | 2 | 3, string>
  modes: Record<'real' | 'drill' | 'historical', string>
  status: Record<IncidentStatus, string>
  headings: Record<
    | 'incident'
    | 'type'
    | 'level'
    | 'stage'
    | 'status'
    | 'mode'
    | 'declared'
    | 'commander'
    | 'known'
    | 'clocks'
    | 'due'
    | 'met'
    | 'notMet'
    | 'missed'
    | 'stopped'
    | 'late'
    | 'timeline'
    | 'series'
    | 'points'
    | 'happened'
    | 'recorded'
    | 'kind'
    | 'text'
    | 'reason'
    | 'decidedBy'
    | 'turningPoint'
    | 'tags'
    | 'starred'
    | 'author'
    | 'evidence'
    | 'comments'
    | 'corrections'
    | 'correctedBy'
    | 'original'
    | 'links'
    | 'sourceLine'
    | 'id'
    | 'exported'
    | 'name'
    | 'unit'
    | 'value'
    | 'time',
    string
  >
}

export const EXPORT_WORDS: Record<Language, ExportWords> = {
  'zh-Hans': {
    kinds: {
      observation: '观察',
      decision: '决策',
      action: '行动',
      statement: '声明',
      'media-report': '媒体报道',
      regulator: '监管',
      'customer-voice': '客户声音',
      'turning-point': '拐点',
      system: '系统',
    },
    stages: { 'initial-complaint': '初始投诉', 'platform-spread': '平台扩散', 'opinion-leaders': '意见领袖关注', 'media-report': '媒体报道', 'whole-web': '全网热点' },
    types: {
      'service-complaint': '服务投诉',
      'product-problem': '产品问题',
      'corporate-news': '企业负面新闻',
      'public-event': '突发公共事件',
      'complaint-escalation': '投诉升级',
      'information-leak': '信息泄露与安全',
      'system-failure': '系统故障',
      'malicious-attack': '恶意攻击与欺诈',
    },
    clocks: { response: '首次响应', 'public-response': '有效公开回应', 'first-statement': '首次声明', handling: '完成处置', apology: '正式道歉' },
    turningPoints: { precursor: '爆发前兆', acceleration: '扩散加速', 'emotion-shift': '情绪转变', widening: '议题扩展', cooling: '降温' },
    levels: { 1: '一级(高风险)', 2: '二级(中风险)', 3: '三级(低风险)' },
    modes: { real: '真实事件', drill: '演练', historical: '历史案例' },
    status: { open: '进行中', contained: '已控制', resolved: '已解决', closed: '已关闭' },
    headings: {
      incident: '事件',
      type: '类型',
      level: '等级',
      stage: '阶段',
      status: '状态',
      mode: '性质',
      declared: '宣布时间',
      commander: '指挥',
      known: '已知情况',
      clocks: '时钟',
      due: '期限',
      met: '达成',
      notMet: '未达成，还在走',
      missed: '未达成，已超时',
      stopped: '已停走',
      late: '超时',
      timeline: '时间线',
      series: '数据序列',
      points: '数据点',
      happened: '发生时间',
      recorded: '记录时间',
      kind: '类别',
      text: '内容',
      reason: '决策理由',
      decidedBy: '决策人',
      turningPoint: '拐点类型',
      tags: '标签',
      starred: '星标',
      author: '记录人',
      evidence: '证据',
      comments: '评论',
      corrections: '更正',
      correctedBy: '更正人',
      original: '原文',
      links: '关联',
      sourceLine: '来源行',
      id: '编号',
      exported: '导出时间',
      name: '名称',
      unit: '单位',
      value: '数值',
      time: '时间',
    },
  },
  en: {
    kinds: {
      observation: 'Observation',
      decision: 'Decision',
      action: 'Action',
      statement: 'Statement',
      'media-report': 'Media report',
      regulator: 'Regulator',
      'customer-voice': 'Customer voice',
      'turning-point': 'Turning point',
      system: 'System',
    },
    stages: {
      'initial-complaint': 'Initial complaint',
      'platform-spread': 'Platform spread',
      'opinion-leaders': 'Opinion leaders',
      'media-report': 'Media report',
      'whole-web': 'Whole-web topic',
    },
    types: {
      'service-complaint': 'Service complaint',
      'product-problem': 'Product problem',
      'corporate-news': 'Negative corporate news',
      'public-event': 'Sudden public event',
      'complaint-escalation': 'Complaint escalation',
      'information-leak': 'Information leak and security',
      'system-failure': 'System failure',
      'malicious-attack': 'Malicious attack and fraud',
    },
    clocks: {
      response: 'First response',
      'public-response': 'Effective public response',
      'first-statement': 'First statement',
      handling: 'Handling complete',
      apology: 'Formal apology',
    },
    turningPoints: { precursor: 'Precursor', acceleration: 'Acceleration', 'emotion-shift': 'Emotion shift', widening: 'Topic widening', cooling: 'Cooling' },
    levels: { 1: 'Level I (high risk)', 2: 'Level II (medium risk)', 3: 'Level III (low risk)' },
    modes: { real: 'Real', drill: 'Drill', historical: 'Past case' },
    status: { open: 'Open', contained: 'Contained', resolved: 'Resolved', closed: 'Closed' },
    headings: {
      incident: 'Incident',
      type: 'Type',
      level: 'Level',
      stage: 'Stage',
      status: 'Status',
      mode: 'Mode',
      declared: 'Declared',
      commander: 'Commander',
      known: 'What is known',
      clocks: 'Clocks',
      due: 'Due',
      met: 'Met',
      notMet: 'Not met yet, running',
      missed: 'Not met, overdue',
      stopped: 'Stopped',
      late: 'late',
      timeline: 'Timeline',
      series: 'Number series',
      points: 'Points',
      happened: 'Happened',
      recorded: 'Recorded',
      kind: 'Kind',
      text: 'Text',
      reason: 'Reason',
      decidedBy: 'Decided by',
      turningPoint: 'Turning point',
      tags: 'Tags',
      starred: 'Starred',
      author: 'Recorded by',
      evidence: 'Evidence',
      comments: 'Comments',
      corrections: 'Corrections',
      correctedBy: 'Corrected by',
      original: 'Before',
      links: 'Links',
      sourceLine: 'Source line',
      id: 'Id',
      exported: 'Exported',
      name: 'Name',
      unit: 'Unit',
      value: 'Value',
      time: 'Time',
    },
  },
}

/** How an open or stopped clock stands, in a table's cell; met ones are told by their time. */
export function wordUnmetClock(clock: Pick<ClockState, 'dueAt' | 'stopped'>, words: ExportWords, now: number): string {
  if (clock.stopped) return `${words.headings.stopped}: ${clock.stopped.reason}`
  return clock.dueAt < now ? words.headings.missed : words.headings.notMet
}
