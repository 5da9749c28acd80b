import { expect, test } from 'vitest'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ask, DORA, eventOf, GROUP_A, GROUP_B, head, openConsoleHub, stateOf, watch, type Answer, type Served } from './console-hub.ts'

const HOUR = 3_600_000

async function open() {
  const clock = createFakeClock(TWO_AT_NIGHT)
  const hub = await openConsoleHub(makeTempFolder('agents', 'quick'), clock.now)
  const link = async (seats: number, groupId = GROUP_A) => {
    const made = { label: '外呼', groupId: groupId as never, vendor: '外呼公司', seats, expiresAt: clock.now() + HOUR }
    const { id, address } = await head(hub, 'agents.makeLink', made)
    return { id, secret: address.split('=')[1] ?? '' }
  }
  return { clock, hub, link }
}

const joinBy = (hub: Served, { secret }: { secret: string }, number: string, name: string) =>
  ask(hub.base, 'POST', 'join', null, { link: secret, number, name })
const refusal = ({ status, body }: Answer) => [status, (body as { failure: { code: string } }).failure.code]
const cookieOf = (answer: Answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
const agentsOf = (hub: Served) => head(hub, 'agents.list', { groupId: null })

test('a number that another took first: the head sees who wants it and frees it; who has the claim comes in, the other is out', async () => {
  const { hub, link } = await open()
  const vendor = await link(1)
  const squatter = await watch(hub.base, cookieOf(await joinBy(hub, vendor, '9001', '李四')))
  await eventOf(squatter, 'state')
  for (let times = 0; times < 2; times += 1) expect(refusal(await joinBy(hub, vendor, '9001', '王敏'))).toEqual([409, 'login-taken'])
  const [taken] = await agentsOf(hub)
  expect(taken).toMatchObject({ name: '李四', claim: { name: '王敏', at: TWO_AT_NIGHT, times: 2 }, freed: false })
  const freed = await head(hub, 'agents.settleNumber', { id: taken?.id as never, free: true })
  expect(freed).toMatchObject({ name: '李四', number: '9001', claim: null, freed: true, endedAt: TWO_AT_NIGHT })
  expect((await eventOf(squatter, 'ended')).why).toBe('revoked')
  // The only seat is free again.
  const joined = await joinBy(hub, vendor, '9001', '王敏')
  expect((await stateOf(hub.base, cookieOf(joined))).agent).toMatchObject({ number: '9001', name: '王敏' })
  expect(await head(hub, 'agents.links', {})).toMatchObject([{ taken: 1 }])
  // Who was put out does not come back by being restored, and is now the one who claims.
  expect(await hub.link(DORA).ask('agents.end', { id: taken?.id as never, ended: false })).toMatchObject({
    ok: false,
    failure: { code: 'not-found' },
  })
  expect(refusal(await joinBy(hub, vendor, '9001', '李四'))).toEqual([409, 'login-taken'])
  const holder = (await agentsOf(hub)).find(({ freed: isFreed }) => !isFreed)
  expect(holder).toMatchObject({ name: '王敏', claim: { name: '李四', times: 1 } })
  const kept = await head(hub, 'agents.settleNumber', { id: holder?.id as never, free: false })
  expect(kept).toMatchObject({ name: '王敏', claim: null, endedAt: null })
  expect(await stateOf(hub.base, cookieOf(joined))).toMatchObject({ agent: { name: '王敏' } })
})

test('a number of the list of accounts is free for the list again after it was taken by a link', async () => {
  const { hub, link } = await open()
  const squatter = cookieOf(await joinBy(hub, await link(5), '1001', '李四'))
  const agents = [{ number: '1001', name: '王芳', vendor: null, groups: [] }]
  expect((await head(hub, 'agents.add', { agents })).refused).toEqual([{ number: '1001', why: 'number-taken' }])
  const [taken] = await agentsOf(hub)
  await head(hub, 'agents.settleNumber', { id: taken?.id as never, free: true })
  expect((await head(hub, 'agents.add', { agents })).added).toMatchObject([{ number: '1001', name: '王芳' }])
  expect((await ask(hub.base, 'GET', 'state', squatter)).status).toBe(401)
})

test('a link that is over keeps no number: its agents come back by the next one with what they confirmed, others may have the rest', async () => {
  const { clock, hub, link } = await open()
  const first = await link(5)
  const before = await stateOf(hub.base, cookieOf(await joinBy(hub, first, '9001', '王敏')))
  await joinBy(hub, first, '9002', '赵强')
  clock.advance(HOUR)
  const next = await link(2, GROUP_B)
  const after = await stateOf(hub.base, cookieOf(await joinBy(hub, next, '9001', '王敏')))
  expect(after.agent).toMatchObject({ id: before.agent.id, groups: [GROUP_B] })
  const other = await stateOf(hub.base, cookieOf(await joinBy(hub, next, '9002', '孙丽')))
  expect(other.agent).toMatchObject({ number: '9002', name: '孙丽' })
  expect((await head(hub, 'agents.links', {})).map(({ taken }) => taken)).toEqual([0, 2])
  expect(refusal(await joinBy(hub, next, '9003', '周周'))).toEqual([409, 'invite-used'])
})
