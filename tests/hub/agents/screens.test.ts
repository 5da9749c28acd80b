import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { CONSOLES_OF_AGENT, createStreams } from '#hub/agents/streams.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { addAgents, ask, contentOf, eventOf, head, openConsoleHub, POLL, publish, signIn, stateOf, watch } from './console-hub.ts'

async function open() {
  const clock = createFakeClock(TWO_AT_NIGHT)
  return { clock, hub: await openConsoleHub(makeTempFolder('agents', 'quick'), clock.now) }
}

test('one agent too many consoles, over all sessions: the oldest is told why and stays signed in', async () => {
  const { hub } = await open()
  const list = [
    { number: '1', name: '一', vendor: null, groups: [] },
    { number: '2', name: '二', vendor: null, groups: [] },
  ]
  const [one, two] = (await head(hub, 'agents.add', { agents: list })).added
  const cookies = [await signIn(hub.base, '1', one?.password ?? ''), await signIn(hub.base, '1', one?.password ?? '')]
  const other = await watch(hub.base, await signIn(hub.base, '2', two?.password ?? ''))
  const consoles = []
  for (let index = 0; index < CONSOLES_OF_AGENT; index += 1) {
    const console = await watch(hub.base, cookies[index % 2] ?? '')
    await eventOf(console, 'state')
    consoles.push(console)
  }
  expect(hub.team.agents.streams.count()).toBe(CONSOLES_OF_AGENT + 1)
  const last = await watch(hub.base, cookies[1] ?? '')
  const [oldest, next] = consoles
  if (!oldest || !next) throw new Error('no console')
  await eventOf(oldest, 'crowded')
  await oldest.ended
  expect(hub.team.agents.streams.count()).toBe(CONSOLES_OF_AGENT + 1)
  expect((await ask(hub.base, 'GET', 'state', cookies[0] ?? '')).status).toBe(200)
  await publish(hub, contentOf('新口径'))
  for (const console of [last, next, other]) await eventOf(console, 'change')
  expect(oldest.events.map(({ t }) => t)).toEqual(['state', 'crowded'])
  expect([next, last, other].flatMap(({ events }) => events.filter(({ t }) => t === 'crowded'))).toEqual([])
})

test('one agent asks at too many consoles: the one that waits longest is answered', async () => {
  const { hub } = await open()
  const [one = { cookie: '', id: '' }, two = { cookie: '', id: '' }] = await addAgents(hub, {}, {})
  const { version } = await stateOf(hub.base, one.cookie)
  const wait = (cookie: string) => ask(hub.base, 'GET', 'state?wait=25', cookie, undefined, { 'if-none-match': `"${version}"` })
  const { streams } = hub.team.agents
  const others = wait(two.cookie)
  await expect.poll(() => streams.asking(), POLL).toBe(1)
  const answers = []
  for (let index = 0; index < CONSOLES_OF_AGENT; index += 1) {
    answers.push(wait(one.cookie))
    await expect.poll(() => streams.asking(), POLL).toBe(index + 2)
  }
  answers.push(wait(one.cookie))
  expect((await answers[0])?.status).toBe(304)
  await expect.poll(() => streams.asking(), POLL).toBe(CONSOLES_OF_AGENT + 1)
  await publish(hub, contentOf('新口径'))
  expect((await Promise.all([...answers.slice(1), others])).map(({ status }) => status)).toEqual(Array(CONSOLES_OF_AGENT + 1).fill(200))
})

test('an address has so many streams at most; other addresses have room', async () => {
  const { hub } = await open()
  const [{ id } = { id: '' }] = await addAgents(hub, {})
  const [agent] = await hub.team.agents.roster.these([id])
  if (!agent) throw new Error('no agent')
  const { set, team } = hub.team.agents
  const streams = createStreams({ set, team, now: () => 0, random: () => 0, ofAddress: 2 })
  const add = (number: number) => {
    const to = new ServerResponse(new IncomingMessage(new Socket()))
    const who = { agent: { ...agent, id: `${number}` }, sessionId: `${number}`, address: '10.0.0.1', expiresAt: 1, own: new Map() }
    streams.add(to, who, '')
    return to
  }
  const [first] = [add(1), add(2)]
  expect([streams.hasRoom('10.0.0.1'), streams.hasRoom('10.0.0.2')]).toEqual([false, true])
  first?.emit('close')
  expect(streams.hasRoom('10.0.0.1')).toBe(true)
})
