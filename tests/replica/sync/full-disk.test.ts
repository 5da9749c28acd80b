import { expect, test, vi } from 'vitest'
import { LinkDown } from '#contract/hub-link.ts'
import { ANN } from '#tests/support/log-texts.ts'
import { createModelHub } from '#tests/support/model-hub.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { declare, joinAs, observe, openDevice, write } from './device.ts'

test('a line that is lost while nothing can be written: syncing goes on by itself once there is room and the hub is back', async () => {
  const clock = createFakeClock()
  const hub = createModelHub(clock.now)
  let away = false
  const ann = openDevice(hub, ANN, {
    clock,
    change: (link) => ({
      ...link,
      hello: (hello) => (away ? Promise.reject(new LinkDown('away')) : link.hello(hello)),
      push: (ops) => (away ? Promise.reject(new LinkDown('away')) : link.push(ops)),
    }),
  })
  write(ann, joinAs(ANN, '安', 'commander'), declare)
  await ann.sync.wake()
  write(ann, observe(1))
  away = true
  // Advance far enough that the client would write the current time to the full disk.
  clock.advance(3_600_000)
  ann.db.exec("CREATE TRIGGER full BEFORE UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'full'); END")
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await ann.sync.wake()
    expect(ann.sync.busy).toBe(false)
    ann.db.exec('DROP TRIGGER full')
    away = false
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.waitFor(() => expect(ann.store.pendingCount().count).toBe(0))
  } finally {
    vi.useRealTimers()
  }
})
