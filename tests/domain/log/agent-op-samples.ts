import type { Op } from '#domain/log/op.ts'
import { BEN, idOf, makeOp } from '#tests/support/log-texts.ts'

const GROUP = idOf(0xe5)

/** A group of agents, and a text that is published to it. `text`: its id, and the body that publishes it to all. */
export function agentSamples(text: { id: string; body: Record<string, unknown> }): Op[] {
  const delivery = { groups: [GROUP], urgency: 'urgent', confirmWithin: 15 }
  return [
    makeOp({
      type: 'agent-group.create',
      kind: 'agent-group',
      id: GROUP,
      body: { name: '热线', vendor: '外呼公司', team: '一组', skill: '', channel: 'phone', language: 'zh-Hans', leads: [BEN] },
    }),
    makeOp({ type: 'agent-group.change', kind: 'agent-group', id: GROUP, body: { name: '夜间热线', vendor: null } }),
    makeOp({ type: 'agent-group.remove', kind: 'agent-group', id: GROUP, body: { removed: true } }),
    makeOp({ type: 'wording.publish', version: 2, kind: 'wording', id: text.id, body: { ...text.body, summary: '当日退款', delivery } }),
  ]
}
