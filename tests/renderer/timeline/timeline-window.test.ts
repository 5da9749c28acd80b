import { expect, test, vi } from 'vitest'
import type { ApiClient, CallName, Topic } from '../../../src/contract/api.ts'
import { done, fail, type Result } from '../../../src/contract/failures.ts'
import { openTimelineWindow } from '../../../src/renderer/features/timeline/list/timeline-window.ts'

const INCIDENT = '01a20252-f881-7163-8fa9-1ffaed87f25f'

/** A replica whose answers can be held back one by one, to deliver messages in any order. */
function fakeReplica() {
  const state = { total: 500, version: 1, down: false }
  const watchers = new Set<(topics: readonly (Topic | '*')[]) => void>()
  const calls: string[] = []
  const answer = (name: CallName, input: { page?: number }): Result<unknown> => {
    calls.push(name === 'timeline.page' ? `page ${input.page}` : name)
    if (state.down) return fail('disconnected')
    if (name === 'timeline.outline')
      return done({
        total: state.total,
        pages: Math.ceil(state.total / 200),
        version: state.version,
        grouping: 'day',
        groups: [],
        tags: [],
        all: { total: state.total, starred: 0, late: 0 },
        gapRule: null,
      })
    return done({ page: input.page, version: state.version, rows: [{ id: `v${state.version}-p${input.page}` }], gaps: [] })
  }
  // The contract types each call separately; this function replaces two of them.
  const call = ((name: CallName, input: { page?: number }) => Promise.resolve().then(() => answer(name, input))) as ApiClient['call']
  const client: ApiClient = {
    call,
    watch(onTopics) {
      watchers.add(onTopics)
      return () => watchers.delete(onTopics)
    },
    connection: () => () => undefined,
  }
  const announce = (topic: Topic | '*') => {
    for (const watcher of watchers) watcher([topic])
  }
  return { client, state, calls, announce, watchers }
}

function open(replica: ReturnType<typeof fakeReplica>) {
  return openTimelineWindow(replica.client, { incidentId: INCIDENT, filter: { order: 'happened' }, zone: 'UTC', group: 'day' })
}

test('only the wanted pages are read, each once', async () => {
  const replica = fakeReplica()
  const window = open(replica)
  await vi.waitFor(() => expect(window.snapshot().refreshing).toBe(false))
  window.want([1, 2])
  window.want([1, 2])
  await vi.waitFor(() => expect([...window.snapshot().pages.keys()].toSorted()).toEqual([0, 1, 2]))
  expect(replica.calls).toEqual(['timeline.outline', 'page 0', 'page 1', 'page 2'])
})

test('a change swaps outline and pages in one step: no snapshot mixes two versions', async () => {
  const replica = fakeReplica()
  const window = open(replica)
  await vi.waitFor(() => expect(window.snapshot().refreshing).toBe(false))
  window.want([0, 1])
  await vi.waitFor(() => expect(window.snapshot().pages.size).toBe(2))
  const mixed: string[] = []
  window.subscribe(() => {
    const { outline, pages } = window.snapshot()
    for (const { rows } of pages.values())
      if (!rows[0]?.id.startsWith(`v${outline?.version}-`)) mixed.push(`${rows[0]?.id} under ${outline?.version}`)
  })
  replica.state.version = 2
  replica.state.total = 501
  replica.announce(`timeline:${INCIDENT}`)
  replica.announce(`timeline:${INCIDENT}`)
  await vi.waitFor(() => expect(window.snapshot()).toMatchObject({ refreshing: false, outline: { total: 501 } }))
  expect([...window.snapshot().pages.values()].map(({ rows }) => rows[0]?.id)).toEqual(['v2-p0', 'v2-p1'])
  expect(mixed).toEqual([])
})

test('a page that turns out to be of a newer list brings the whole list up to date', async () => {
  const replica = fakeReplica()
  const window = open(replica)
  await vi.waitFor(() => expect(window.snapshot().refreshing).toBe(false))
  replica.state.version = 7
  window.want([2])
  await vi.waitFor(() => expect(window.snapshot()).toMatchObject({ refreshing: false, outline: { version: 7 } }))
  expect(window.snapshot().pages.get(2)?.rows[0]?.id).toBe('v7-p2')
})

test('when the replica is out of reach the rows stay and the failure is told; a reconnect heals it', async () => {
  const replica = fakeReplica()
  const window = open(replica)
  await vi.waitFor(() => expect(window.snapshot().refreshing).toBe(false))
  replica.state.down = true
  replica.announce('*')
  await vi.waitFor(() => expect(window.snapshot().failure?.code).toBe('disconnected'))
  expect(window.snapshot().pages.get(0)?.rows[0]?.id).toBe('v1-p0')
  replica.state.down = false
  replica.announce('*')
  await vi.waitFor(() => expect(window.snapshot().failure).toBeNull())
})

test('a closed window hears nothing any more', async () => {
  const replica = fakeReplica()
  const window = open(replica)
  window.close()
  expect(replica.watchers.size).toBe(0)
})
