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
  const best = samples
    .map(measure)
    .reduce<Measured | null>((least, one) => (least === null || one.roundTrip <= least.roundTrip ? one : least), null)
  return best && Math.round(best.offset)
}

/** A difference below this is what the way there and back may be wrong by, and nothing to correct. Milliseconds. */
const NOTHING_MS = 1000

/**
 * What this device adds to its own clock, milliseconds: the difference to the hub of the team it has joined, as it was when
 * the hub was last met. A device whose hub is its own keeps its time.
 */
export function timeCorrection(meta: { read(key: 'joined' | 'clockOffset'): string | null }): number {
  const joined = meta.read('joined') ?? 'null'
  const offset = Number(meta.read('clockOffset') ?? '0')
  return joined === 'null' || !Number.isFinite(offset) || Math.abs(offset) < NOTHING_MS ? 0 : offset
}
