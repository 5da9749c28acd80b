import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { incidentScope } from '#domain/log/ids.ts'
import { LinkRefused, type HubLink } from '#contract/hub-link.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, idOf, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const CARL = idOf(0xc)
const HIDDEN = idOf(0x77)
const HIDDEN_SCOPE = incidentScope(HIDDEN)

const hello = (link: HubLink) => link.hello({ replicaId: idOf(1), cursors: [], sentAt: 0 })
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await nextTurn()
}
const entry = (id: string) =>
  opText({
    type: 'entry.record',
    kind: 'entry',
    id,
    scope: HIDDEN_SCOPE,
    body: { kind: 'observation', text: '内部', happenedAt: TWO_AT_NIGHT },
  })

async function openTeam() {
  const clock = createFakeClock()
  const hub = await openTeamHub(makeTempFolder('links', 'quick'), clock.now)
  onTestFinished(() => hub.close())
  const told = new Map<string, string[]>()
  const linkOf = (member: string, role: 'commander' | 'pr' | 'legal') => {
    const link = hub.link(member, { kind: 'invited', role })
    told.set(member, [])
    link.onAdvance((heads, records) => {
      told.get(member)?.push(...heads.map(({ scope, seq }) => `${scope} ${seq}`))
      told.get(member)?.push(...records.map(({ scope, seq }) => `record ${scope} ${seq}`))
    })
    link.onAccess(() => void told.get(member)?.push('access'))
    return link
  }
  const ann = linkOf(ANN, 'commander')
  await ann.push([joinText(ANN, '安', 'commander')])
  const ben = linkOf(BEN, 'pr')
  await ben.push([joinText(BEN, '本', 'pr')])
  const carl = linkOf(CARL, 'legal')
  await carl.push([joinText(CARL, '卡', 'legal')])
  await settle()
  for (const list of told.values()) list.length = 0
  return { hub, clock, ann, ben, carl, told }
}

test('a restricted incident is told only to those who read it; gaining and losing it is told as a change of rights (P10)', async () => {
  const { ann, carl, told } = await openTeam()
  await ann.push([declareText(HIDDEN, { restrictedTo: [BEN] as never })])
  await ann.push([entry(idOf(0x710))])
  await settle()
  expect(told.get(BEN)).toEqual(
    [`${HIDDEN_SCOPE} 1`, `record ${HIDDEN_SCOPE} 1`, 'access', `${HIDDEN_SCOPE} 2`, `record ${HIDDEN_SCOPE} 2`].toSorted(
      (a, b) => Number(b === 'access') - Number(a === 'access'),
    ),
  )
  expect(told.get(CARL)?.filter((line) => line.includes(HIDDEN))).toEqual([])
  expect((await hello(carl)).scopes.map(({ scope }) => scope)).not.toContain(HIDDEN_SCOPE)
  expect(await carl.pull(HIDDEN_SCOPE, 0, 10)).toEqual({ records: [], more: false })
  await ann.push([opText({ type: 'incident.restrict', kind: 'incident', id: HIDDEN, scope: HIDDEN_SCOPE, body: { members: [CARL] } })])
  await settle()
  expect(told.get(CARL)).toContain('access')
  expect((await hello(carl)).scopes.map(({ scope }) => scope)).toContain(HIDDEN_SCOPE)
})

test('a member who is revoked is turned away at once, over every link', async () => {
  const { ann, carl, told } = await openTeam()
  await hello(carl)
  await ann.push([opText({ type: 'member.revoke', kind: 'member', id: CARL, body: { reason: '离职' } })])
  await settle()
  expect(told.get(CARL)).toContain('access')
  await expect(hello(carl)).rejects.toEqual(new LinkRefused('member-revoked'))
  await expect(carl.push([joinText(CARL, '卡', 'legal')])).rejects.toEqual(new LinkRefused('member-revoked'))
})

test('a cursor that does not lie on the log is said to have diverged, and only where its scope may be read (P4)', async () => {
  const { ann, carl } = await openTeam()
  await ann.push([declareText(HIDDEN, { restrictedTo: [BEN] as never })])
  const { scopes } = await hello(ann)
  const head = scopes.find(({ scope }) => scope === HIDDEN_SCOPE)
  if (!head) throw new Error('no head')
  const wrong = { ...head, hash: 'f'.repeat(64) }
  const ahead = { ...head, seq: head.seq + 5 }
  expect((await ann.hello({ replicaId: idOf(1), cursors: [head], sentAt: 0 })).diverged).toEqual([])
  expect((await ann.hello({ replicaId: idOf(1), cursors: [wrong], sentAt: 0 })).diverged).toEqual([HIDDEN_SCOPE])
  expect((await ann.hello({ replicaId: idOf(1), cursors: [ahead], sentAt: 0 })).diverged).toEqual([HIDDEN_SCOPE])
  expect((await carl.hello({ replicaId: idOf(2), cursors: [wrong], sentAt: 0 })).diverged).toEqual([])
})

test('what is no question is answered as such, and nothing else happens', async () => {
  const { hub, ann } = await openTeam()
  const before = (await hello(ann)).scopes
  const opened = await hub.team.links.open(
    { memberId: ANN, sessionId: null, device: 'test', address: 'here' },
    () => undefined,
    () => undefined,
  )
  if (!opened.ok) throw new Error(opened.reason)
  expect(await opened.end.answer('push', { ops: 'no list' })).toEqual({ t: 'down', why: 'bad-message' })
  expect(await opened.end.answer('pull', { scope: 'team', afterSeq: -1, limit: 10 })).toEqual({ t: 'down', why: 'bad-message' })
  expect(await opened.end.answer('pull', { scope: 'team', afterSeq: 0, limit: 1_000_000 })).toEqual({ t: 'down', why: 'bad-message' })
  expect((await hello(ann)).scopes).toEqual(before)
})

test('P10: news of the log, and what it says, goes to nobody who has yet to join the team', async () => {
  const { hub, ann } = await openTeam()
  const told: unknown[] = []
  const stranger = hub.link(idOf(0xd), { kind: 'invited', role: 'pr' })
  stranger.onAdvance((heads, records) => void told.push(heads, records))
  await hello(stranger)
  await ann.push([declareText(undefined, { level: 2 })])
  await settle()
  expect(told).toEqual([])
})
