/** One question to the hub and its answer: both ends by this device's clock, the middle by the hub's. Milliseconds since 1970. */
export type ClockSample = { sentAt: number; hubTime: number; arrivedAt: number }

type Measured = { offset: number; roundTrip: number }

const KEPT = 8
/** Clocks drift apart a little between two samples; more than this means that one of them was set. */
const DRIFT_MS = 250

function measure({ sentAt, hubTime, arrivedAt }: ClockSample): Measured {
  return { offset: hubTime - (sentAt + arrivedAt) / 2, roundTrip: Math.max(0, arrivedAt - sentAt) }
}

/** What the clocks differ by lies within half a round trip of the measure: when two such spans do not meet, a clock was set. */
function agree(one: Measured, other: Measured): boolean {
  return Math.abs(one.offset - other.offset) <= (one.roundTrip + other.roundTrip) / 2 + DRIFT_MS
}

/**
 * Takes in a sample, newest last; samples from before a clock was set are dropped, and so is one whose answer came "before"
 * its question, during which this clock was set.
 */
export function addSample(samples: readonly ClockSample[], sample: ClockSample): ClockSample[] {
  if (sample.arrivedAt < sample.sentAt) return []
  const newest = measure(sample)
  return [...samples.filter((one) => agree(measure(one), newest)), sample].slice(-KEPT)
}

/** What to add to this device's clock, by the sample with the smallest round trip (as NTP does); null without samples. */
export function offsetOf(samples: readonly ClockSample[]): number | null {
  const best = samples.map(measure).reduce<Measured | null>((least, one) => (least === null || one.roundTrip <= least.roundTrip ? one : least), null)
  return best && Math.round(best.offset)
}
