import { existsSync } from 'node:fs'
import type { ApiClient } from '#contract/api.ts'
import { connectApi } from '#contract/api-wire.ts'
import type { Channel } from '#contract/channel.ts'
import type { Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import { openDemo } from '#workspace/demo/open-demo.ts'
import { createRooms } from '#workspace/rooms.ts'
import { openWorkspace, type Workspace } from '#workspace/workspace.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { expect, onTestFinished, test } from 'vitest'
import { makeTempFolder } from '../support/temp-folder.ts'

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${JSON.stringify(result.failure.params)}`)
  return result.value
}

/** Two ends of a channel that delivers messages asynchronously, as a socket does. */
function pair(): [Channel, Channel] {
  const ends = [0, 1].map(() => ({ message: [] as ((message: unknown) => void)[], close: [] as (() => void)[] }))
  const closeBoth = () => {
    for (const end of ends) for (const listener of end.close.splice(0)) listener()
  }
  return [0, 1].map((mine) => ({
    send: (message: unknown) => queueMicrotask(() => ends[1 - mine]?.message.forEach((listener) => listener(message))),
    onMessage: (listener: (message: unknown) => void) => void ends[mine]?.message.push(listener),
    onClose: (listener: () => void) => void ends[mine]?.close.push(listener),
    close: closeBoth,
  })) as [Channel, Channel]
}

const options = { version: 'test', workers: workerUrls(import.meta.url), log: () => {} }
const NOW = Date.UTC(2026, 5, 1)

async function openRooms(openTheDemo: (language: Language) => Promise<Workspace> = (language) => openDemo({ ...options, language })) {
  const workspace = await openWorkspace({ ...options, dataFolder: makeTempFolder('rooms', 'quick'), now: () => NOW })
  value(await workspace.handlers['workspace.setUp']({ name: '林舟', role: 'commander', language: 'zh-Hans' }))
  value(await workspace.handlers['workspace.setPreferences']({ theme: 'dark' }))
  const rooms = createRooms({ workspace, log: () => {}, now: () => NOW, openDemo: openTheDemo })
  onTestFinished(async () => {
    await rooms.close()
    await workspace.close()
  })
  const visit = (demo: Language | null): { client: ApiClient; leave(): void } => {
    const [near, far] = pair()
    const client = connectApi(near, () => {})
    rooms.receive(far, demo)
    return { client, leave: () => far.close() }
  }
  return { workspace, rooms, visit }
}

test(
  'a page in the demo and one with the data know nothing of each other; what waits in the data is told in the demo',
  { timeout: 120_000 },
  async () => {
    const { visit } = await openRooms()
    const [real, demo] = [visit(null).client, visit('en').client]
    const status = value(await demo.call('workspace.status', {}))
    expect(status).toMatchObject({ demo: true, me: { name: 'Zhou Lan' }, preferences: { theme: 'dark', language: 'en' } })
    expect(status.dataFolder).not.toBe(value(await real.call('workspace.status', {})).dataFolder)
    expect(value(await demo.call('demo.state', {})).own).toEqual({ now: NOW, running: 0, nextDueAt: null, urgent: false })

    const declared = value(
      await real.call('incidents.declare', { title: '真的事件', type: 'product-problem', level: 1, stage: 'initial-complaint' }),
    )
    value(await demo.call('incidents.declare', { title: 'Only a play', type: 'product-problem', level: 1, stage: 'initial-complaint' }))
    const titles = async (client: ApiClient) =>
      value(await client.call('incidents.list', {}))
        .map(({ title }) => title)
        .toSorted()
    expect(await titles(real)).toEqual(['真的事件'])
    const played = await titles(demo)
    expect(played).toEqual(expect.arrayContaining(['Only a play', 'Qingyu Q3 air purifier smokes at night, a child is hurt']))
    expect(played).not.toContain('真的事件')
    const nextDueAt = Math.min(...declared.clocks.map((clock) => clock.dueAt))
    expect(value(await demo.call('demo.control', { playing: false })).own).toEqual({
      now: NOW,
      running: 1,
      nextDueAt,
      urgent: nextDueAt - NOW < 15 * 60_000,
    })
    expect(await real.call('demo.state', {})).toMatchObject({ ok: false, failure: { code: 'not-a-demo' } })
  },
)

test('all pages share one demo; it ends with its folder when the rooms close, and the data stays', { timeout: 120_000 }, async () => {
  let opened = 0
  const { workspace, rooms, visit } = await openRooms((language) => {
    opened++
    return openDemo({ ...options, language })
  })
  const [first, second] = [visit('en'), visit('zh-Hans')]
  const folder = value(await first.client.call('workspace.status', {})).dataFolder
  expect(value(await second.client.call('workspace.status', {})).dataFolder).toBe(folder)
  expect(opened).toBe(1)
  first.leave()
  expect(existsSync(folder)).toBe(true)
  await rooms.close()
  expect(existsSync(folder)).toBe(false)
  expect(value(await workspace.handlers['workspace.status']({})).me?.name).toBe('林舟')
})

test('a demo that cannot be opened is a failure of its page only, and the next page tries again', async () => {
  let tries = 0
  const { visit } = await openRooms(() => Promise.reject(new Error(`no folder ${++tries}`)))
  for (const expected of [1, 2]) {
    expect(await visit('zh-Hans').client.call('workspace.status', {})).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect(tries).toBe(expected)
  }
  expect(await visit(null).client.call('workspace.status', {})).toMatchObject({ ok: true })
})
