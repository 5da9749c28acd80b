import { expect, test } from 'vitest'
import { publishWording, withdrawWording } from '#domain/commands/wording-commands.ts'
import type { CommandEdge, CommandRead } from '#domain/commands/command.ts'
import { parseOp } from '#domain/log/op.ts'
import { runCommand } from '#hub/api/run-command.ts'
import { idsFrom } from '#hub/api/write-ops.ts'
import { ANN, BEN, INCIDENT } from '#tests/support/log-texts.ts'
import { CARA, contentWith, DAN, EVE, openApprovalHub, revisionId, WORDING, type ApprovalHub } from './approval-hub.ts'

async function run(
  hub: ApprovalHub,
  memberId: string,
  command: (read: CommandRead, edge: CommandEdge) => ReturnType<typeof publishWording>,
) {
  const ran = await runCommand(hub.team, memberId, idsFrom(`${memberId} ${String(command)}`), command)
  if (!ran.ok) throw new Error(JSON.stringify(ran.failure))
}

test('publishing, a release before approval and a withdrawal stand in the timeline of the incident', async () => {
  const hub = await openApprovalHub()
  const first = await hub.ask(1, contentWith('第一。'))
  const given = { wordingId: WORDING, from: null, until: null, summary: '' }
  await run(hub, EVE, (read, edge) => publishWording(read, { ...given, revisionId: revisionId(1), hash: first, emergency: '媒体催' }, edge))
  const second = await hub.ask(2, contentWith('第二。'))
  await hub.decide(CARA, 'legal', 2, second)
  await hub.decide(DAN, 'pr', 2, second)
  await run(hub, BEN, (read, edge) => publishWording(read, { ...given, revisionId: revisionId(2), hash: second, emergency: null }, edge))
  await run(hub, BEN, (read, edge) => withdrawWording(read, { wordingId: WORDING, reason: '号码错误', instead: '请转人工' }, edge))
  const records = await hub.team.hub.log.readAfter(ANN, `incident:${INCIDENT}`, 0, 500)
  const notes = records.flatMap(({ bytes, actor, outcome }) => {
    const parsed = parseOp(bytes)
    return parsed.ok && parsed.op.type === 'entry.record' && outcome.kind === 'accepted' ? [[actor, parsed.op.body['event']]] : []
  })
  const named = { wordingId: WORDING, title: '起火视频 首次回应' }
  expect(notes).toMatchObject([
    [EVE, { code: 'wording-released', params: { ...named, number: 1, emergency: '媒体催' } }],
    [BEN, { code: 'wording-published', params: { ...named, number: 2 } }],
    [BEN, { code: 'wording-withdrawn', params: { ...named, number: 2, reason: '号码错误', instead: '请转人工' } }],
  ])
})
