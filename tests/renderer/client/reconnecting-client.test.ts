import type { ApiHandlers, Topic } from '#contract/api.ts'
import { serveApi } from '#contract/api-wire.ts'
import type { Channel } from '#contract/channel.ts'
import { done, type Result } from '#contract/failures.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { reconnectingClient, type ChannelSource } from '#client/reconnecting-client.ts'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'

// UX rule 2 (truth over comfort): calls in flight when the replica is lost end as failures, never in silence.

type End = Channel & { drop(): void }

/** Two ends of a pipe that delivers in order and asynchronously, as a message port does. */
function pipe(): [End, End] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()]
  const closers = new Set<() => void>()
  const drop = () => {
    for (const close of closers) close()
  }
  const end = (own: 0 | 1, other: 0 | 1): End => ({
    send: (message) => queueMicrotask(() => listeners[other].forEach((listener) => listener(structuredClone(message)))),
    onMessage: (listener) => void listeners[own].add(listener),
    onClose: (listener) => void closers.add(listener),
    close: drop,
    drop,
  })
  return [end(0, 1), end(1, 0)]
}

const members: MemberView[] = [
  {
    id: '0197e1f0-0000-7000-8000-000000000001',
    name: '林晓',
    role: 'commander',
    joinedAt: 1,
    department: null,
    layer: 'coordination',
    owner: true,
    vendor: null,
    status: 'active',
    revoked: null,
  },
]

const aTurn = () => setImmediate()

/** A source of channels to a replica that answers `workspace.members` when the test allows it. */
function startReplica() {
  let told: Parameters<ChannelSource>[0] | undefined
  let answer: () => void = () => {}
  const answered = () =>
    new Promise<Result<MemberView[]>>((resolve) => {
      answer = () => resolve(done(members))
    })
  // The test makes only this call; the rest of the contract is not served.
  const handlers = { 'workspace.members': answered } as unknown as ApiHandlers
  return {
    source: ((listeners) => (told = listeners)) satisfies ChannelSource,
    unreachable: () => told?.unreachable(),
    open() {
      const [near, far] = pipe()
      const server = serveApi(far, handlers, (fault) => expect.unreachable(String(fault)))
      told?.open(near)
      return { drop: near.drop, announce: server.announce }
    },
    answer: async () => {
      await aTurn()
      answer()
    },
  }
}

function connect(replica: ReturnType<typeof startReplica>) {
  const client = reconnectingClient(replica.source, (version) => expect.unreachable(`version ${version}`))
  const connected: boolean[] = []
  const topics: (Topic | '*')[][] = []
  client.connection((now) => connected.push(now))
  client.watch((changed) => topics.push([...changed]))
  return { client, connected, topics }
}

test('a call made before the first channel waits for it', async () => {
  const replica = startReplica()
  const { client } = connect(replica)
  const call = client.call('workspace.members', {})
  replica.open()
  await replica.answer()
  expect(await call).toEqual(done(members))
})

test('a call under way when the channel is lost ends as disconnected, and later calls at once', async () => {
  const replica = startReplica()
  const { client, connected } = connect(replica)
  const channel = replica.open()
  const underWay = client.call('workspace.members', {})
  await aTurn()
  channel.drop()
  expect(await underWay).toEqual({ ok: false, failure: { code: 'disconnected', params: {} } })
  expect(await client.call('workspace.members', {})).toEqual({ ok: false, failure: { code: 'disconnected', params: {} } })
  expect(connected.at(-1)).toBe(false)
})

test('a new channel serves calls again, and watchers are told that anything may have changed', async () => {
  const replica = startReplica()
  const { client, connected, topics } = connect(replica)
  replica.open().drop()
  const again = replica.open()
  expect(connected.at(-1)).toBe(true)
  expect(topics).toEqual([['*']])
  const call = client.call('workspace.members', {})
  await replica.answer()
  expect(await call).toEqual(done(members))
  again.announce(['incidents'])
  await aTurn()
  expect(topics.at(-1)).toEqual(['incidents'])
})

test('closing an old channel late does not disturb the new one', () => {
  const replica = startReplica()
  const { connected } = connect(replica)
  const old = replica.open()
  replica.open()
  old.drop()
  expect(connected.at(-1)).toBe(true)
})

test('a replica that cannot be reached at all is said to be disconnected, and found when it comes', async () => {
  const replica = startReplica()
  const { client, connected } = connect(replica)
  const waiting = client.call('workspace.members', {})
  replica.unreachable()
  expect(await waiting).toMatchObject({ ok: false, failure: { code: 'disconnected' } })
  expect(connected.at(-1)).toBe(false)
  replica.open()
  expect(connected.at(-1)).toBe(true)
})
