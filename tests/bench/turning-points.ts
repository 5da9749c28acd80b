import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { perHour, suggestFromSpread } from '#domain/risk/turning-points.ts'
import type { SeriesPoint } from '#domain/series/series.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { percentile } from './percentiles.ts'

const SERIES = resolve(import.meta.dirname, '../../../shared/data/event-series')
const HOUR = 3_600_000
const WINDOW_HOURS = 3
/** A suggestion within this distance of a burst belongs to it. Hours. */
const NEAR_HOURS = 3

/** A burst within these first hours is the beginning itself, which any rule finds. */
const BEGINNING_HOURS = 6

type Agreement = { bursts: number; found: number; later: number; laterFound: number; leads: number[]; vain: number; vainAtSmaller: number }

function readSeries(file: string): SeriesPoint[] {
  return readFileSync(join(SERIES, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line): SeriesPoint[] => {
      const [time, reposts] = line.split(',')
      const at = Date.parse(time ?? '')
      return Number.isNaN(at) ? [] : [[at, Number(reposts)]]
    })
}

/** The hours at which the three-hour sum is the maximum of the hours around it and reaches a share of the overall maximum. */
function burstsOf(points: readonly SeriesPoint[], share: number): number[] {
  const { start, counts } = perHour(points)
  const sums = counts.map((_, index) =>
    counts.slice(Math.max(0, index - WINDOW_HOURS + 1), index + 1).reduce((sum, count) => sum + count, 0),
  )
  const greatest = Math.max(...sums)
  return sums.flatMap((sum, index) => {
    const around = sums.slice(Math.max(0, index - NEAR_HOURS), index + NEAR_HOURS + 1)
    const before = sums.slice(Math.max(0, index - NEAR_HOURS), index)
    return sum >= share * greatest && sum === Math.max(...around) && !before.includes(sum) ? [start + index * HOUR] : []
  })
}

function agreementOf(points: readonly SeriesPoint[]): Agreement {
  const bursts = burstsOf(points, 0.5)
  const smaller = burstsOf(points, 0.2)
  const suggested = suggestFromSpread(points).flatMap(({ kind, at }) => (kind === 'acceleration' ? [at] : []))
  const near = (a: number, b: number) => Math.abs(a - b) <= NEAR_HOURS * HOUR
  const met = bursts.flatMap((burst) => {
    const first = suggested.find((at) => near(at, burst))
    return first === undefined ? [] : [{ burst, lead: (burst - first) / HOUR }]
  })
  const isLater = (burst: number) => burst - perHour(points).start > BEGINNING_HOURS * HOUR
  const vain = suggested.filter((at) => !bursts.some((burst) => near(at, burst)))
  return {
    bursts: bursts.length,
    found: met.length,
    later: bursts.filter(isLater).length,
    laterFound: met.filter(({ burst }) => isLater(burst)).length,
    leads: met.map(({ lead }) => lead),
    vain: vain.length,
    vainAtSmaller: vain.filter((at) => smaller.some((burst) => near(at, burst))).length,
  }
}

/** How well the suggested accelerations match the bursts of real propagation curves (004-15, AN-08). */
export const turningPointsBenchmark: Benchmark = {
  name: 'turning-points',
  about: 'suggested accelerations against the bursts of real series: peaks of the 3 h sum of at least half the greatest, met within 3 h',
  run(workshop) {
    if (!existsSync(SERIES)) {
      workshop.say('the real propagation curves are not on this machine (../shared/data/event-series): nothing is measured')
      return Promise.resolve([])
    }
    const files = readdirSync(SERIES, { withFileTypes: true }).flatMap((entry) => (entry.name.endsWith('.csv') ? [entry.name] : []))
    const agreements = files.map((file) => {
      const agreement = agreementOf(readSeries(file))
      workshop.say(
        `${file}: ${agreement.found} of ${agreement.bursts} bursts, ${agreement.vain} in vain (${agreement.vainAtSmaller} at a smaller peak)`,
      )
      return agreement
    })
    const total = (of: (one: Agreement) => number) => agreements.reduce((sum, one) => sum + of(one), 0)
    const leads = agreements.flatMap((one) => one.leads)
    const figures: Figure[] = [
      { name: 'series', value: files.length, unit: 'series', more: true },
      { name: 'bursts', value: total((one) => one.bursts), unit: 'bursts', more: true },
      {
        name: 'bursts found',
        value: total((one) => one.found),
        unit: 'bursts',
        more: true,
        baseline: { name: 'all bursts', value: total((one) => one.bursts) },
      },
      {
        name: `bursts found after the first ${BEGINNING_HOURS} h`,
        value: total((one) => one.laterFound),
        unit: 'bursts',
        more: true,
        baseline: { name: 'all such bursts', value: total((one) => one.later) },
      },
      { name: 'alarms in vain', value: total((one) => one.vain) / files.length, unit: 'per series', more: false },
      {
        name: 'of these at a smaller peak (20 %)',
        value: total((one) => one.vainAtSmaller) / files.length,
        unit: 'per series',
        more: true,
      },
      { name: 'lead before the peak p50', value: percentile(leads, 0.5), unit: 'h', more: true },
      { name: 'lead before the peak, shortest', value: Math.min(...leads), unit: 'h', more: true },
    ]
    return Promise.resolve(figures)
  },
}
