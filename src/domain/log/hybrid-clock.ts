/**
 * Hybrid logical clock (Kulkarni et al. 2014): 48 bits of milliseconds and 16 bits of counter, as 16 hex digits. Part of
 * each op. It decides between concurrent writes of one field and is shown as a time; it never orders the log.
 */
export type Hlc = string

const COUNTER_LIMIT = 0xffff
const MAX_MS = 0xffff_ffff_ffff

export const HLC_START: Hlc = '0000000000000000'

/** Milliseconds since 1970 of a clock value. */
export function hlcMillis(hlc: Hlc): number {
  return Number.parseInt(hlc.slice(0, 12), 16)
}

function counterOf(hlc: Hlc): number {
  return Number.parseInt(hlc.slice(12, 16), 16)
}

/** Builds a clock value from its two parts; milliseconds are clamped into 48 bits. */
export function makeHlc(millis: number, counter: number): Hlc {
  const ms = Math.min(Math.max(Math.trunc(millis), 0), MAX_MS)
  return ms.toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0')
}

/**
 * The next value for a local event.
 * @param last the largest value used or received so far
 * @param nowMs wall clock, milliseconds since 1970
 * @returns a value larger than `last`; a full counter carries into the milliseconds instead of failing
 */
export function tickHlc(last: Hlc, nowMs: number): Hlc {
  const lastMs = hlcMillis(last)
  if (nowMs > lastMs) return makeHlc(nowMs, 0)
  const counter = counterOf(last) + 1
  return counter > COUNTER_LIMIT ? makeHlc(lastMs + 1, 0) : makeHlc(lastMs, counter)
}

/**
 * The author's clock as limited by the hub: a value more than `toleranceMs` ahead of the hub is set to the hub's time. The
 * op keeps the original; nothing is rejected for its time (sync study, "Clock skew").
 */
export function clampHlc(hlc: Hlc, hubTimeMs: number, toleranceMs = 60_000): Hlc {
  return hlcMillis(hlc) > hubTimeMs + toleranceMs ? makeHlc(hubTimeMs, counterOf(hlc)) : hlc
}
