import { EventEmitter } from 'node:events'
import type { MessageChannelMain, UtilityProcess, WebContents } from 'electron'
import { keepReplicaRunning } from '../../../src/desktop/main/replica-process.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const OPENING = { do: 'open', dataFolder: '/data', version: '1', appKey: null } as const

class FakeChild extends EventEmitter {
  readonly heard: unknown[] = []
  killed = false
  postMessage(message: { do: string; demo?: string }, ports: unknown[] = []): void {
    this.heard.push(ports.length > 0 ? [message.do, ports, ...(message.demo ? [message.demo] : [])] : message.do)
  }
  kill(): boolean {
    this.killed = true
    this.emit('exit', 9)
    return true
  }
}

class FakePage extends EventEmitter {
  readonly ports: unknown[] = []
  postMessage(_channel: string, _message: unknown, ports: unknown[]): void {
    this.ports.push(...ports)
  }
}

function running() {
  const children: FakeChild[] = []
  const waits: number[] = []
  let channels = 0
  const replica = keepReplicaRunning({
    fork: () => {
      const child = new FakeChild()
      children.push(child)
      return child as unknown as UtilityProcess
    },
    openChannel: () => {
      channels++
      return { port1: `replica ${channels}`, port2: `page ${channels}` } as unknown as MessageChannelMain
    },
    opening: OPENING,
    onCrash: (_code, waitMs) => void waits.push(waitMs),
    now: Date.now,
  })
  const connect = (page: FakePage, demo?: 'en') => replica.connect(page as unknown as WebContents, demo)
  return { replica, children, waits, connect, last: () => children.at(-1) ?? new FakeChild() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a page and the replica each get one end of a channel of their own', () => {
  const { children, connect } = running()
  const [first, second] = [new FakePage(), new FakePage()]
  connect(first)
  connect(second)
  expect(children[0]?.heard).toEqual(['open', ['serve', ['replica 1']], ['serve', ['replica 2']]])
  expect([first.ports, second.ports]).toEqual([['page 1'], ['page 2']])
})

test('a page that asks for the demo gets it, after a crash too, until it asks for the data again', () => {
  const { children, connect } = running()
  const page = new FakePage()
  connect(page, 'en')
  children[0]?.emit('exit', 1)
  vi.advanceTimersByTime(250)
  connect(page)
  expect(children[0]?.heard).toEqual(['open', ['serve', ['replica 1'], 'en']])
  expect(children[1]?.heard).toEqual(['open', ['serve', ['replica 2'], 'en'], ['serve', ['replica 3']]])
})

test('after a crash the process is started again and the pages that are still there get new ports', () => {
  const { children, connect } = running()
  const [stays, leaves] = [new FakePage(), new FakePage()]
  connect(stays)
  connect(leaves)
  leaves.emit('destroyed')
  children[0]?.emit('exit', 1)
  vi.advanceTimersByTime(250)
  expect(children).toHaveLength(2)
  expect(children[1]?.heard).toEqual(['open', ['serve', ['replica 3']]])
  expect([stays.ports.length, leaves.ports.length]).toEqual([2, 1])
})

test('a page that comes while no process runs is served by the next', () => {
  const { children, connect } = running()
  children[0]?.emit('exit', 1)
  const page = new FakePage()
  connect(page)
  expect(page.ports).toEqual([])
  vi.advanceTimersByTime(250)
  expect(page.ports).toEqual(['page 1'])
})

test('a process that dies again and again is started ever later, up to half a minute; one that ran well starts over', () => {
  const { waits, last } = running()
  for (let crash = 0; crash < 10; crash++) {
    last().emit('exit', 1)
    vi.advanceTimersByTime(30_000)
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  vi.advanceTimersByTime(60_000)
  last().emit('exit', 1)
  expect(waits.at(-1)).toBe(250)
})

test('closing waits for the process to end, and nothing is started again', async () => {
  const { replica, children } = running()
  const closed = replica.close()
  expect(children[0]?.heard).toEqual(['open', 'close'])
  children[0]?.emit('exit', 0)
  await closed
  vi.advanceTimersByTime(120_000)
  expect(children).toHaveLength(1)
})

test('a process that does not close is ended after ten seconds', async () => {
  const { replica, children } = running()
  const closed = replica.close()
  vi.advanceTimersByTime(9_999)
  expect(children[0]?.killed).toBe(false)
  vi.advanceTimersByTime(1)
  await closed
  expect(children[0]?.killed).toBe(true)
})

test('closing between a crash and the next start ends at once', async () => {
  const { replica, children } = running()
  children[0]?.emit('exit', 1)
  await replica.close()
  vi.advanceTimersByTime(120_000)
  expect(children).toHaveLength(1)
})
