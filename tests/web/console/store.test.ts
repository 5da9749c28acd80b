import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ConsoleEvent, ConsoleState } from '#contract/agent-wire.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { createConsoleStore, type ConsoleStoreParts } from '#web/console/connection/console-store.ts'
import type { StateAnswer } from '#web/console/connection/state-call.ts'
import { makeText } from './console-texts.ts'

const text = makeText({ id: 'a', urgency: 'urgent' })
const state: ConsoleState = {
  version: '1',
  at: 0,
  agent: { id: 'g', name: '王敏', number: '8017', vendor: null, groups: [] },
  team: '客服',
  texts: [text],
  gone: [],
  bulletins: [],
  missed: [],
  lockAfter: 300_000,
  endsAt: null,
}

/** What is kept in the browser, without one. */
function memory(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    key: () => null,
    get length() {
      return kept.size
    },
  }
}

/** A console over a hub that answers as told. Timers are fake: time passes when a test says so. */
function setUp(storage = memory()) {
  const hub = {
    answer: { kind: 'state', nudged: null, state } as StateAnswer,
    asked: [] as (string | null)[],
    posts: [] as [path: string, body: unknown][],
    reply: done(null) as Result<unknown>,
    streams: [] as { version: string; tell: (event: ConsoleEvent) => void; drop: () => void; isOpen: boolean }[],
    isAway: false,
  }
  let id = 0
  const parts: ConsoleStoreParts = {
    ask: (version) => {
      hub.asked.push(version)
      return Promise.resolve(hub.answer)
    },
    post: (path, body) => {
      hub.posts.push([path, body])
      return Promise.resolve(hub.reply)
    },
    openStream: (version, onEvent, onClosed) => {
      const stream = { version, tell: (event: ConsoleEvent) => onEvent(JSON.stringify(event)), drop: onClosed, isOpen: true }
      hub.streams.push(stream)
      return { close: () => (stream.isOpen = false) }
    },
    storage: () => storage,
    now: () => Date.now(),
    newId: () => `00000000-0000-4000-8000-${String((id += 1)).padStart(12, '0')}`,
    isAway: () => hub.isAway,
  }
  const store = createConsoleStore(parts)
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return { hub, store, storage, pass, sent: (path: string) => hub.posts.filter(([to]) => to === path).map(([, body]) => body) }
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

const beat = (version = '1'): ConsoleEvent => ({ t: 'beat', at: Date.now(), version })

test('it asks once, then listens; a beat keeps it quiet', async () => {
  const { hub, store, pass } = setUp()
  store.start()
  await pass(0)
  expect(store.get()).toMatchObject({ phase: 'in', checkedAt: 1_000_000 })
  expect(hub.streams.map(({ version }) => version)).toEqual(['1'])
  for (let round = 0; round < 6; round += 1) {
    await pass(10_000)
    hub.streams[0]?.tell(beat())
  }
  expect(hub.asked).toHaveLength(1)
  expect(store.get().checkedAt).toBe(1_060_000)
})

test('a stream that says nothing for 15 s is given up for asking, and tried again after a minute', async () => {
  const { hub, store, pass } = setUp()
  store.start()
  await pass(0)
  hub.answer = { kind: 'same', nudged: null }
  await pass(15_000)
  expect(hub.streams[0]?.isOpen).toBe(false)
  expect(hub.asked).toHaveLength(2)
  await pass(20_000)
  expect(hub.asked.length).toBeGreaterThanOrEqual(6)
  expect(hub.asked.at(-1)).toBe('1')
  expect(store.get().checkedAt).toBeGreaterThan(1_030_000)
  // What it is asked to confirm once more comes beside an answer.
  hub.answer = { kind: 'same', nudged: { at: 1_040_000, ids: ['t1'] } }
  await pass(5_000)
  expect([...store.get().nudged]).toEqual(['t1'])
  await pass(25_000)
  expect(hub.streams).toHaveLength(2)
})

test('a closed stream asks at once why; the end of a session shows the door, and forgets everything', async () => {
  const { hub, store, storage, pass } = setUp()
  store.start()
  await pass(0)
  expect(storage.getItem('stormroom.console.state')).toContain('王敏')
  hub.answer = { kind: 'out', why: 'period-over' }
  hub.streams[0]?.drop()
  await pass(0)
  expect(store.get()).toMatchObject({ phase: 'out', ended: 'period-over', state: null })
  expect(storage.length).toBe(0)
  await pass(120_000)
  expect(hub.asked).toHaveLength(2)
})

test('a beat of another version asks for the state', async () => {
  const { hub, store, pass } = setUp()
  store.start()
  await pass(0)
  hub.answer = { kind: 'state', nudged: null, state: { ...state, version: '2', texts: [] } }
  hub.streams[0]?.tell(beat('2'))
  await pass(0)
  expect(store.get().state).toMatchObject({ version: '2', texts: [] })
})

test('without the hub it starts with what it knew, as of when it last was checked', async () => {
  const first = setUp()
  first.store.start()
  await first.pass(0)
  first.store.stop()
  await first.pass(60_000)
  const second = setUp(first.storage)
  second.hub.answer = { kind: 'away' }
  second.store.start()
  await second.pass(0)
  expect(second.store.get()).toMatchObject({ phase: 'in', checkedAt: 1_000_000, state: { version: '1' } })
  await second.pass(8_000)
  expect(second.hub.asked.length).toBeGreaterThanOrEqual(3)
})

test('a confirmation holds at once and is sent when the hub is there again, also after the page was closed', async () => {
  const first = setUp()
  first.store.start()
  await first.pass(0)
  first.hub.reply = fail('disconnected')
  first.store.confirm(text)
  await first.pass(0)
  expect(first.store.get().state?.texts[0]?.confirmation).toBe('current')
  first.store.stop()
  const second = setUp(first.storage)
  second.store.start()
  await second.pass(0)
  // The hub does not know yet, the agent does.
  expect(second.store.get().state?.texts[0]?.confirmation).toBe('current')
  expect(second.sent('api/confirm')).toEqual([{ textId: 'a', revisionId: 'a-r1', hash: 'a'.repeat(64), releaseAt: 1_000 }])
  expect(second.store.waiting()).toBe(0)
})

test('a refused confirmation is not sent again', async () => {
  const { hub, store, pass, sent } = setUp()
  store.start()
  await pass(0)
  hub.reply = fail('not-found')
  store.confirm(text)
  await pass(60_000)
  expect(sent('api/confirm')).toHaveLength(1)
})

test('notes are gathered, sent together, and kept while the hub is away; what was shown counts once', async () => {
  const { hub, store, pass, sent } = setUp()
  store.start()
  await pass(0)
  store.open(text)
  store.open(text)
  store.note('copied', text)
  store.note('objected', text, '太慢了')
  hub.reply = fail('disconnected')
  await pass(5_000)
  hub.reply = done(null)
  await pass(5_000)
  const notes = sent('api/notes').at(-1)
  expect(notes).toMatchObject({ notes: [{ kind: 'shown' }, { kind: 'opened' }, { kind: 'copied' }, { kind: 'objected', text: '太慢了' }] })
  expect(store.waiting()).toBe(0)
})

test('another agent on the same machine does not send what the first left behind', async () => {
  const first = setUp()
  first.store.start()
  await first.pass(0)
  first.hub.reply = fail('disconnected')
  first.store.confirm(text)
  await first.pass(0)
  first.store.stop()
  const second = setUp(first.storage)
  second.hub.answer = { kind: 'state', nudged: null, state: { ...state, version: '9', agent: { ...state.agent, id: 'other' } } }
  second.store.start()
  await second.pass(10_000)
  expect(second.sent('api/confirm')).toEqual([])
  expect(second.store.get().state?.texts[0]?.confirmation).toBe('outstanding')
})

test('everything counts as seen only when it was in view', async () => {
  const { hub, store, pass, sent } = setUp()
  store.start()
  await pass(0)
  expect(sent('api/seen')).toEqual([{ version: '1' }])
  hub.isAway = true
  const change = {
    t: 'change' as const,
    version: '2',
    at: 0,
    texts: [{ ...text, revisionId: 'r2' }],
    gone: [],
    bulletins: [],
    bulletinsGone: [],
  }
  hub.streams[0]?.tell(change)
  await pass(0)
  hub.isAway = false
  hub.streams[0]?.tell(beat('2'))
  expect(sent('api/seen')).toHaveLength(1)
  store.endMissed()
  expect(sent('api/seen').at(-1)).toEqual({ version: '2' })
})

test('a console that was set aside is quiet, keeps its session, and goes on when it is taken up', async () => {
  const { hub, store, storage, pass } = setUp()
  store.start()
  await pass(0)
  hub.streams[0]?.tell({ t: 'crowded', at: 0 })
  hub.streams[0]?.drop()
  await pass(120_000)
  expect(store.get()).toMatchObject({ phase: 'in', isSetAside: true })
  expect([hub.asked.length, hub.streams.length]).toEqual([1, 1])
  expect(storage.getItem('stormroom.console.state')).toContain('王敏')
  store.takeUp()
  await pass(0)
  expect(store.get()).toMatchObject({ phase: 'in', isSetAside: false })
  expect(hub.streams).toHaveLength(2)
})

test('who signs out leaves nothing on the machine', async () => {
  const { hub, store, storage, pass, sent } = setUp()
  store.start()
  await pass(0)
  await store.leave()
  expect(sent('api/sign-out')).toHaveLength(1)
  expect(storage.length).toBe(0)
  expect(store.get()).toMatchObject({ phase: 'out', ended: null })
  expect(hub.streams[0]?.isOpen).toBe(false)
})
