import type { WorkspaceClock } from '#contract/workspace-api.ts'
import { useSyncExternalStore } from 'react'

const SECOND = 1000
/** A clock that runs faster than life is shown this often, so that it is seen to run. */
const FAST_MS = 250

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined
/** The clock of a story, and when it was asked; null while the workspace keeps the time of the machine. */
let story: (WorkspaceClock & { askedAt: number }) | null = null
/** The time of the last tick; null while nobody watches. */
let ticked: number | null = null

/** What the team's hub says this machine's clock lacks, milliseconds. */
let correction = 0

/** The time now by the workspace's clock, milliseconds since 1970: the machine's time as the team's hub corrects it, or that of a story that is being told. */
export function currentTime(): number {
  return story === null ? Date.now() + correction : Math.floor(story.now + (Date.now() - story.askedAt) * story.rate)
}

/** Shows a story's clock from now on; null goes back to the machine's time. */
export function followClock(clock: WorkspaceClock | null): void {
  if (clock === null && story === null) return
  story = clock === null ? null : { ...clock, askedAt: Date.now() }
  if (listeners.size === 0) return
  clearTimeout(timer)
  tick()
}

/** Corrects the machine's clock from now on by what the workspace says of it. */
export function correctTime(offset: number): void {
  if (offset === correction) return
  correction = offset
  if (listeners.size === 0) return
  clearTimeout(timer)
  tick()
}

// One timer for the whole page, on the full second, so that all clocks change together.
function wait(): void {
  timer = setTimeout(tick, story !== null && story.rate > 1 ? FAST_MS : SECOND - (currentTime() % SECOND))
}

function tick(): void {
  wait()
  ticked = currentTime()
  for (const listener of listeners) listener()
}

/** Calls back whenever {@link shownTime} has changed; returns the way to stop. */
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
 * The time that screens show, milliseconds since 1970. That of a fast story stands still between two ticks: what is drawn
 * more slowly than it runs would otherwise be out of date as soon as it is drawn, and be drawn again without end.
 */
export function shownTime(): number {
  return story !== null && story.rate > 1 && ticked !== null ? ticked : currentTime()
}

/**
 * The time now, in milliseconds since 1970, rounded down to `step`; the component renders again when it changes.
 * @param step milliseconds, a whole number of seconds
 */
export function useNow(step: number = SECOND): number {
  return useSyncExternalStore(watchTime, () => Math.floor(shownTime() / step) * step)
}
