import { expect, test } from 'vitest'
import { AGENT_GROUP } from '#domain/agents/agent-group-entity.ts'
import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { Op } from '#domain/log/op.ts'
import { momentsOf } from '#domain/moments/moment-sources.ts'
import { noticeOver } from '#domain/moments/notice-over.ts'
import { decide, step } from '#domain/step.ts'
import { WORDING } from '#domain/wording/wording-entity.ts'
import { ANN, BEN, chain, contextOf, declareText, idOf, INCIDENT_SCOPE, makeOp, memberWith } from '#tests/support/log-texts.ts'
import { approveText, publishText, publishToText, WORDING_ID, writtenTexts } from '#tests/support/published-wording.ts'

const GROUP = idOf(0xe5)
const FIELDS = { name: '热线', vendor: null, team: '', skill: '', channel: 'phone', language: null, leads: [BEN] }
const onGroup = (type: string, body: Record<string, unknown>) =>
  makeOp({ type: `agent-group.${type}`, kind: 'agent-group', id: GROUP, body })
const apply = (entity: Entity | undefined, op: Op) => AGENT_GROUP.as(step(entity, op, appliedPending(op, ANN)))
const CREATED = apply(undefined, onGroup('create', FIELDS))
const MEMBER_BEN = {
  kind: 'member',
  id: BEN,
  scope: 'team',
  state: memberWith({ role: 'pr' }),
  stamps: {},
  superseded: [],
  newer: false,
} as unknown as Entity
const judged = (op: Op, ...entities: (Entity | undefined)[]) =>
  decide(contextOf(ANN, 'call-center', ...entities.flatMap((one) => one ?? [])), op)?.code ?? null

/** The texts of an incident after these op texts, as a log folds them. */
function folded(...texts: string[]): Entity[] {
  const entities = new Map<string, Entity>()
  for (const record of chain(INCIDENT_SCOPE, texts)) {
    const op = Op.parse(JSON.parse(record.bytes))
    const name = `${op.entity.kind} ${op.entity.id}`
    const after = step(entities.get(name), op, appliedFromRecord(record, op))
    if (after) entities.set(name, after)
  }
  return [...entities.values()]
}

const APPROVED = [...writtenTexts(), approveText('pr'), approveText('legal')]
const URGENT = { groups: [GROUP], urgency: 'urgent', confirmWithin: 15 } as const
const liveIn = (entities: readonly Entity[]) => entities.flatMap((entity) => WORDING.as(entity)?.state.live ?? [])[0]

test('the call center keeps groups, whose leads are members', () => {
  expect(judged(onGroup('create', FIELDS), MEMBER_BEN)).toBeNull()
  expect(judged(onGroup('create', FIELDS))).toBe('not-found')
  expect(judged(onGroup('create', FIELDS), CREATED, MEMBER_BEN)).toBe('already-exists')
  expect(judged(onGroup('change', { leads: [BEN] }), CREATED)).toBe('not-found')
  expect(judged(onGroup('change', { name: '夜间' }))).toBe('not-found')
  expect(decide(contextOf(ANN, 'pr', MEMBER_BEN), onGroup('create', FIELDS))?.code).toBe('not-permitted')
  const changed = apply(CREATED, onGroup('change', { name: '夜间', vendor: '外呼公司' }))
  expect(changed?.state).toMatchObject({ ...FIELDS, name: '夜间', vendor: '外呼公司', removed: false })
  expect(apply(changed, onGroup('remove', { removed: true }))?.state.removed).toBe(true)
})

test('MS-06: a text is published to groups that exist, with an urgency and a time to confirm; an older app publishes it to all', () => {
  const ready = folded(declareText(), ...writtenTexts())
  const publish = Op.parse(JSON.parse(publishToText(URGENT)))
  const released = { ...publish, body: { ...publish.body, emergency: '已有人受伤' } }
  const refused = (...entities: Entity[]) => decide(contextOf(BEN, 'executive', ...entities), released)?.code ?? null
  expect(refused(...ready)).toBe('not-found')
  expect(refused(...ready, ...(CREATED ? [CREATED] : []))).toBeNull()
  expect(liveIn(folded(...APPROVED, publishToText(URGENT)))?.delivery).toEqual(URGENT)
  expect(liveIn(folded(...APPROVED, publishText()))?.delivery).toEqual({ groups: [], urgency: 'normal', confirmWithin: null })
})

test('the time to confirm is a moment of the text in use, and its notice is out of date with the next version', () => {
  const entities = folded(...APPROVED, publishToText(URGENT))
  const wording = WORDING.as(entities.find(({ kind }) => kind === 'wording'))
  if (!wording) throw new Error('no wording')
  const dueAt = (wording.state.live?.from ?? 0) + 15 * 60_000
  expect(momentsOf(wording)).toEqual([{ rule: 'reading-due', about: '', dueAt }])
  const notice = { rule: 'reading-due', params: { number: 1, dueAt }, subject: { kind: 'wording', id: WORDING_ID } } as const
  const read = { read: () => wording }
  expect(noticeOver(notice, { status: 'open', clocks: [] }, dueAt, read)).toBeNull()
  expect(noticeOver(notice, { status: 'closed', clocks: [] }, dueAt, read)).toBe('closed')
  expect(noticeOver({ ...notice, params: { number: 2, dueAt } }, { status: 'open', clocks: [] }, dueAt, read)).toBe('replaced')
})
