import type { WorkspaceClock } from '#contract/workspace-api.ts'
import { useSyncExternalStore } from 'react'

const SECOND = 1000
/** Update interval of a clock that runs faster than real time, in milliseconds. */
const FAST_MS = 250

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined
/** The demo clock and when it was read; null while the workspace uses the machine's time. */
let story: (WorkspaceClock & { askedAt: number }) | null = null
/** The time of the last tick; null without listeners. */
let ticked: number | null = null

/** Correction of this machine's clock by the hub's time, in milliseconds. */
let correction = 0

/**
 * The current time by the workspace's clock, in milliseconds since 1970: the machine's time corrected by the hub's, or the time of a
 * running demo.
 */
export function currentTime(): number {
  return story === null ? Date.now() + correction : Math.floor(story.now + (Date.now() - story.askedAt) * story.rate)
}

/** Uses a demo clock from now on; null returns to the machine's time. */
export function followClock(clock: WorkspaceClock | null): void {
  if (clock === null && story === null) return
  story = clock === null ? null : { ...clock, askedAt: Date.now() }
  if (listeners.size === 0) return
  clearTimeout(timer)
  tick()
}

/** Corrects the machine's clock by `offset` milliseconds from now on. */
export function correctTime(offset: number): void {
  if (offset === correction) return
  correction = offset
  if (listeners.size === 0) return
  clearTimeout(timer)
  tick()
}

// One timer for the whole page, aligned to the full second, so that all clocks change together.
function wait(): void {
  timer = setTimeout(tick, story !== null && story.rate > 1 ? FAST_MS : SECOND - (currentTime() % SECOND))
}

function tick(): void {
  wait()
  ticked = currentTime()
  for (const listener of listeners) listener()
}

/** Calls `listener` whenever {@link shownTime} changes. Returns a function that stops it. */
export function watchTime(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    wait()
    ticked = currentTime()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearTimeout(timer)
    ticked = null
  }
}

/**
 * The time that screens show, in milliseconds since 1970. A fast demo clock is constant between two ticks; otherwise each render would be
 * outdated at once and rendering would never end.
 */
export function shownTime(): number {
  return story !== null && story.rate > 1 && ticked !== null ? ticked : currentTime()
}

/**
 * The current time, in milliseconds since 1970, rounded down to `step`; the component renders again when it changes.
 * @param step milliseconds, a whole number of seconds
 */
export function useNow(step: number = SECOND): number {
  return useSyncExternalStore(watchTime, () => Math.floor(shownTime() / step) * step)
}
