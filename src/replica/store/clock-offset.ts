/** One request to the hub: both ends by this device's clock, the middle by the hub's. Milliseconds since 1970. */
export type ClockSample = { sentAt: number; hubTime: number; arrivedAt: number }

type Measured = { offset: number; roundTrip: number }

const KEPT = 8
/** Clocks drift a little between two samples; a larger difference means that one of them was set. */
const DRIFT_MS = 250

function measure({ sentAt, hubTime, arrivedAt }: ClockSample): Measured {
  return { offset: hubTime - (sentAt + arrivedAt) / 2, roundTrip: Math.max(0, arrivedAt - sentAt) }
}

/** The true offset lies within half a round trip of the measured one; if two such ranges do not overlap, a clock was set. */
function agree(one: Measured, other: Measured): boolean {
  return Math.abs(one.offset - other.offset) <= (one.roundTrip + other.roundTrip) / 2 + DRIFT_MS
}

/**
 * Adds a sample, newest last. Samples from before a clock was set are dropped. A sample whose answer precedes its question is
 * dropped too: this clock was set in between.
 */
export function addSample(samples: readonly ClockSample[], sample: ClockSample): ClockSample[] {
  if (sample.arrivedAt < sample.sentAt) return []
  const newest = measure(sample)
  return [...samples.filter((one) => agree(measure(one), newest)), sample].slice(-KEPT)
}

/** What to add to this device's clock, by the sample with the smallest round trip (as in NTP); null without samples. */
export function offsetOf(samples: readonly ClockSample[]): number | null {
  const best = samples
    .map(measure)
    .reduce<Measured | null>((least, one) => (least === null || one.roundTrip <= least.roundTrip ? one : least), null)
  return best && Math.round(best.offset)
}

/** A smaller difference is within the error of the measurement and is not corrected. Milliseconds. */
const NOTHING_MS = 1000

/**
 * What this device adds to its own clock, in milliseconds: the offset to the hub of the joined team, measured at the last
 * contact. A device with a local hub keeps its own time.
 */
export function timeCorrection(meta: { read(key: 'joined' | 'clockOffset'): string | null }): number {
  const joined = meta.read('joined') ?? 'null'
  const offset = Number(meta.read('clockOffset') ?? '0')
  return joined === 'null' || !Number.isFinite(offset) || Math.abs(offset) < NOTHING_MS ? 0 : offset
}
