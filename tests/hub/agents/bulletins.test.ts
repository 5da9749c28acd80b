import { expect, test } from 'vitest'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { ANN, INCIDENT } from '#tests/support/log-texts.ts'
import {
  act,
  addAgents,
  approve,
  contentOf,
  DORA,
  eventOf,
  GROUP_A,
  GROUP_B,
  openConsoleHub,
  POLL,
  publish,
  reopen,
  stateOf,
  watch,
  type Served,
} from './console-hub.ts'

const MINUTE = 60_000

async function open() {
  const folder = makeTempFolder('agents', 'quick')
  const clock = createFakeClock(TWO_AT_NIGHT)
  const hub = await openConsoleHub(folder, clock.now)
  const plan = (type: string, body: Record<string, unknown> = {}) =>
    act(hub, DORA, `bulletin-plan.${type}`, 'bulletin-plan', INCIDENT, body)
  /** Lets the hub fire what is due after some minutes. */
  const pass = async (minutes: number) => {
    clock.advance(minutes * MINUTE)
    await hub.team.fireDue()
  }
  return { folder, clock, hub, plan, pass }
}

/** Number and items of the bulletins of a console. */
const shown = async (hub: Served, cookie: string) =>
  (await stateOf(hub.base, cookie)).bulletins.map(({ number, items }) => [
    number,
    ...items.map(({ title, change }) => `${title} ${change}`),
  ])

test('C2-12: a bulletin reaches open consoles with the texts of their groups only; it wakes them when nothing changed as well', async () => {
  const { hub, plan, pass, clock, folder } = await open()
  const [one = { cookie: '', id: '' }, two = { cookie: '', id: '' }, three = { cookie: '', id: '' }] = await addAgents(
    hub,
    { groups: [GROUP_A] as never },
    { groups: [GROUP_B] as never },
    { groups: [] },
  )
  await plan('set', { on: true, cadence: 60, offset: 0 })
  // A bulletin before any text: the incident is none of the agents' business yet.
  await pass(60)
  await publish(hub, contentOf('甲组答复。', '甲组说明'), { delivery: { groups: [GROUP_A] as never } })
  const ofB = await publish(hub, contentOf('乙组答复。', '乙组说明'), {
    delivery: { groups: [GROUP_B] as never },
    from: clock.now(),
    summary: '乙组的摘要',
  })
  const held = await approve(hub, contentOf('暂缓的口径', '暂缓标题'))
  await plan('hold', { wordingId: held.id, reason: '等法务最后确认' })
  const consoles = await Promise.all([one, two, three].map(({ cookie }) => watch(hub.base, cookie)))
  const [first, second, third] = consoles
  if (!first || !second || !third) throw new Error('no console')
  for (const each of consoles) expect((await eventOf(each, 'state')).state.bulletins).toEqual([])

  await pass(60)
  expect((await eventOf(first, 'change')).bulletins).toMatchObject([
    { incidentId: INCIDENT, number: 2, items: [{ title: '甲组说明', number: 1, change: 'new', summary: '甲组答复。' }] },
  ])
  const toB = await eventOf(second, 'change')
  expect([toB.texts, toB.gone]).toEqual([[], []])
  expect(toB.bulletins).toMatchObject([{ number: 2, items: [{ textId: ofB.id, title: '乙组说明', change: 'new', summary: '乙组的摘要' }] }])
  const { version } = await stateOf(hub.base, two.cookie)
  expect(version).toBe(toB.version)
  expect(await shown(hub, one.cookie)).toEqual([[2, '甲组说明 new']])

  // What is approved goes out with the bulletin: text and item come together or one after the other, and only there.
  await plan('release', { wordingId: held.id })
  await act(hub, ANN, 'wording.withdraw', 'wording', ofB.id, { revisionId: ofB.revisionId, reason: '号码错误', instead: '请转人工。' })
  await pass(60)
  await expect
    .poll(() => shown(hub, two.cookie), POLL)
    .toEqual([
      [2, '乙组说明 new'],
      [3, '乙组说明 withdrawn', '暂缓标题 new'],
    ])
  await pass(60)
  await expect
    .poll(() => second.events.flatMap((event) => (event.t === 'change' ? event.bulletins.map(({ number }) => number) : [])), POLL)
    .toEqual([2, 3, 4])
  // Who gets texts of the incident since the third bulletin is shown none from before.
  expect(await shown(hub, three.cookie)).toEqual([[3, '暂缓标题 new'], [4]])
  expect(first.raw() + third.raw()).not.toContain('乙组')
  expect(second.raw() + third.raw()).not.toContain('甲组')
  const raw = consoles.map((each) => each.raw()).join('')
  expect(['门店饮用水投诉', '等法务最后确认', '号码错误', ANN, DORA].filter((secret) => raw.includes(secret))).toEqual([])

  // The same after a restart: a console that comes back has nothing to read again.
  const before = await stateOf(hub.base, two.cookie)
  await hub.stop()
  const again = await reopen(folder, clock.now)
  const back = await stateOf(again.base, two.cookie)
  expect([back.version, back.bulletins]).toEqual([before.version, before.bulletins])
})

test('hours without a hub say nothing, the last 24 bulletins are kept, and those of a closed incident leave', async () => {
  const { hub, plan, pass } = await open()
  const [agent = { cookie: '', id: '' }] = await addAgents(hub, {})
  await publish(hub, contentOf('统一答复。'))
  await plan('set', { on: true, cadence: 30, offset: 0 })
  await pass(30)
  // Several bulletins in one step: all but the last are missed.
  await pass(5 * 30)
  const afterOutage = (await shown(hub, agent.cookie)).map(([number]) => number)
  expect([afterOutage[0], afterOutage.length]).toEqual([1, 2])
  const console = await watch(hub.base, agent.cookie)
  await eventOf(console, 'state')
  for (let count = 0; count < 24; count++) await pass(30)
  await expect.poll(async () => (await shown(hub, agent.cookie)).length, POLL).toBe(24)
  const { bulletins } = await stateOf(hub.base, agent.cookie)
  const numbers = bulletins.map(({ number }) => number)
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
  // What a console has from changes alone is what the state has.
  const heard = () => {
    const ids = new Map<string, number>()
    for (const event of console.events) {
      if (event.t === 'state') for (const { id, number } of event.state.bulletins) ids.set(id, number)
      if (event.t !== 'change') continue
      for (const { id, number } of event.bulletins) ids.set(id, number)
      for (const id of event.bulletinsGone) ids.delete(id)
    }
    return [...ids.values()]
  }
  await expect.poll(heard, POLL).toEqual(numbers)
  await act(hub, ANN, 'incident.set-status', 'incident', INCIDENT, { from: 'open', to: 'closed', reason: '结束' })
  await expect.poll(heard, POLL).toEqual([])
  expect((await stateOf(hub.base, agent.cookie)).bulletins).toEqual([])
})
