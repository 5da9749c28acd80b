import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { correctTime, currentTime, followClock, shownTime, watchTime } from '../../../src/renderer/ui/time/use-now.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  followClock(null)
  correctTime(0)
  vi.useRealTimers()
})

test('without a story the time is the machine’s', () => {
  expect(currentTime()).toBe(1_000_000)
  vi.advanceTimersByTime(5)
  expect(currentTime()).toBe(1_000_005)
})

test('a story’s time goes on at its rate from where it was asked, stands while paused, and ends with the story', () => {
  followClock({ now: 50_000_000, rate: 60, offset: 0 })
  expect(currentTime()).toBe(50_000_000)
  vi.advanceTimersByTime(1000)
  expect(currentTime()).toBe(50_060_000)
  followClock({ now: 50_070_000, rate: 0, offset: 0 })
  vi.advanceTimersByTime(10_000)
  expect(currentTime()).toBe(50_070_000)
  followClock(null)
  expect(currentTime()).toBe(1_011_000)
})

test('a fast story stands still on the screen between two ticks, and a paused one shows where it stands', () => {
  const stop = watchTime(() => {})
  followClock({ now: 50_000_000, rate: 3600, offset: 0 })
  vi.advanceTimersByTime(200)
  expect([shownTime(), currentTime()]).toEqual([50_000_000, 50_720_000])
  vi.advanceTimersByTime(50)
  expect(shownTime()).toBe(50_900_000)
  followClock({ now: 60_000_000, rate: 0, offset: 0 })
  expect(shownTime()).toBe(60_000_000)
  stop()
})

test('a machine whose clock is wrong shows the time that the team’s hub gives it, and no longer than that', () => {
  const stop = watchTime(() => {})
  correctTime(3_600_000)
  expect([currentTime(), shownTime()]).toEqual([4_600_000, 4_600_000])
  vi.advanceTimersByTime(5)
  expect(currentTime()).toBe(4_600_005)
  correctTime(-60_000)
  expect(shownTime()).toBe(940_005)
  correctTime(0)
  expect(currentTime()).toBe(1_000_005)
  stop()
})
