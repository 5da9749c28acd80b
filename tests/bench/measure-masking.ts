import { findSpots } from '#domain/privacy/mask-personal.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { percentile, timeEach } from './percentiles.ts'

const SIZE = 100_000
const ASKED = 20

const TEXTS: readonly (readonly [name: string, piece: string])[] = [
  ['address without end', 'a'],
  ['address in address', 'a@b.'],
  ['numbers and addresses', '13812345678a@b.c '],
  ['telephones', '13812345678 '],
  ['digits apart', '1 3 8 '],
  ['cards that are none', '4111 1111 1111 1112 '],
  ['numbers with countries', '+1 415 555 2671,'],
  ['a report', '2026-11-30 12:30 门店回复：已联系客户，共 1,280 人次，热线 400-820-8820。'],
]

/** The time to search a long text for personal data, compared with reading it character by character. */
export const maskingBenchmark: Benchmark = {
  name: 'masking',
  about: `personal data looked for in texts of ${SIZE / 1000} KB, ${ASKED} times each; ratio against a text half as long, which is 2 where time grows as the text does`,
  run() {
    const figures = TEXTS.map(([name, piece]): Figure => {
      const text = piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE - 1) + '@'
      const half = text.slice(SIZE / 2)
      timeEach(3, () => void findSpots(text))
      const times = timeEach(ASKED, () => void findSpots(text))
      const halfTimes = timeEach(ASKED, () => void findSpots(half))
      return {
        name,
        value: percentile(times, 0.5),
        unit: 'ms',
        more: false,
        baseline: { name: 'half as long', value: percentile(halfTimes, 0.5) },
        goal: { of: 'value', limit: 50 },
      }
    })
    return Promise.resolve(figures)
  },
}
