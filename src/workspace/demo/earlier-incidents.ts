import type { IncidentTypeId } from '#domain/incidents/incident-types.ts'
import type { IncidentLevel, IncidentStatus, Stage } from '#domain/incidents/incident.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import { HOUR } from '#domain/durations.ts'
import type { StoryClock } from './story-clock.ts'

type Earlier = {
  type: IncidentTypeId
  level: IncidentLevel
  stage: Stage
  mode: 'real' | 'drill'
  /** Hours before the declaration of the story's own incident. */
  before: number
  /** Entries, in hours after its declaration; the first statement or action meets the named clocks. */
  written: readonly {
    after: number
    kind: 'observation' | 'action' | 'statement'
    meets?: readonly string[]
    text: Record<Language, string>
  }[]
  /** Status changes, in hours after its declaration. */
  moves: readonly { after: number; to: IncidentStatus; reason: Record<Language, string> }[]
  title: Record<Language, string>
}

/** Earlier incidents of the team: a crisis that is contained, a closed one, and a drill. All invented. */
const EARLIER: readonly Earlier[] = [
  {
    type: 'malicious-attack',
    level: 2,
    stage: 'platform-spread',
    mode: 'drill',
    before: 21 * 24,
    title: { 'zh-Hans': '演练：官方账号被盗发帖', en: 'Drill: our account is stolen and posts' },
    written: [
      {
        after: 0.4,
        kind: 'action',
        meets: ['response'],
        text: {
          'zh-Hans': '账号已收回，异常帖子已截图、下架。',
          en: 'The account is ours again; the posts are kept as pictures and taken down.',
        },
      },
      {
        after: 3,
        kind: 'statement',
        meets: ['public-response', 'first-statement'],
        text: {
          'zh-Hans': '说明：账号一度被盗，期间内容不代表我们。',
          en: 'Notice: our account was stolen for a while; what it posted was not ours.',
        },
      },
    ],
    moves: [
      { after: 20, to: 'resolved', reason: { 'zh-Hans': '各组按预案走完', en: 'Every group went through the plan' } },
      { after: 22, to: 'closed', reason: { 'zh-Hans': '演练结束，改进项已记', en: 'The drill is over, its lessons are noted' } },
    ],
  },
  {
    type: 'system-failure',
    level: 2,
    stage: 'platform-spread',
    mode: 'real',
    before: 12 * 24,
    title: { 'zh-Hans': '大促当晚商城无法付款', en: 'Nobody can pay on the night of the sale' },
    written: [
      {
        after: 0.5,
        kind: 'action',
        meets: ['response'],
        text: { 'zh-Hans': '技术切到备用支付通道，客服统一说明。', en: 'Payments go over the second provider; agents have one wording.' },
      },
      {
        after: 2,
        kind: 'statement',
        meets: ['public-response', 'first-statement'],
        text: {
          'zh-Hans': '公告：付款已恢复，未成单的优惠顺延 24 小时。',
          en: 'Notice: payment works again; offers that failed hold for 24 hours more.',
        },
      },
      {
        after: 9,
        kind: 'action',
        meets: ['handling'],
        text: { 'zh-Hans': '重复扣款 312 笔全部退回。', en: 'All 312 double charges are paid back.' },
      },
    ],
    moves: [
      { after: 10, to: 'resolved', reason: { 'zh-Hans': '退款完成，投诉回到平日', en: 'Refunds are done, complaints are as usual' } },
      { after: 30, to: 'closed', reason: { 'zh-Hans': '复盘已完成', en: 'The review is done' } },
    ],
  },
  {
    type: 'complaint-escalation',
    level: 3,
    stage: 'opinion-leaders',
    mode: 'real',
    before: 31,
    title: { 'zh-Hans': '博主投诉滤芯漏发三周未补', en: 'A blogger waits three weeks for a missing filter' },
    written: [
      {
        after: 1,
        kind: 'observation',
        text: {
          'zh-Hans': '帖子 4 小时转发 900 次，评论多为催补发。',
          en: 'The post was shared 900 times in 4 hours; most comments ask for their own parcels.',
        },
      },
      {
        after: 2,
        kind: 'action',
        meets: ['response'],
        text: { 'zh-Hans': '当面补发并致歉，博主更新了帖子。', en: 'Delivered by hand with an apology; the blogger has updated the post.' },
      },
      {
        after: 6,
        kind: 'action',
        meets: ['handling'],
        text: { 'zh-Hans': '同批漏发 47 单全部补发。', en: 'All 47 orders of that batch are on their way.' },
      },
    ],
    moves: [
      {
        after: 8,
        to: 'contained',
        reason: { 'zh-Hans': '转发停止，等最后 3 单签收', en: 'No more shares; three deliveries are still open' },
      },
    ],
  },
]

function needed<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The demo was refused: ${result.failure.code} ${JSON.stringify(result.failure.params)}`)
  return result.value
}

/**
 * Writes the earlier incidents, each at its own time.
 * @param now when the story's own incident is declared, milliseconds since 1970
 * @param settle waits until the hub has confirmed what was written
 */
export async function tellEarlier(
  handlers: ApiHandlers,
  clock: StoryClock,
  language: Language,
  now: number,
  settle: () => Promise<void>,
): Promise<void> {
  for (const { title, type, level, stage, mode, before, written, moves } of EARLIER) {
    const declaredAt = now - before * HOUR
    clock.hold(declaredAt)
    const { id: incidentId } = needed(
      await handlers['incidents.declare']({ title: title[language], type, level, stage, known: '', mode, apologyDue: false }),
    )
    await settle()
    const acts = [...written.map((one) => ({ ...one, to: null })), ...moves].toSorted((a, b) => a.after - b.after)
    for (const act of acts) {
      clock.hold(declaredAt + act.after * HOUR)
      if (act.to !== null) needed(await handlers['incidents.setStatus']({ incidentId, to: act.to, reason: act.reason[language] }))
      else
        needed(
          await handlers['timeline.record']({
            incidentId,
            kind: act.kind,
            text: act.text[language],
            ...(act.meets ? { meets: [...act.meets] } : {}),
          }),
        )
      await settle()
    }
  }
}
