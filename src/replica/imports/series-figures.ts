import type { SeriesFigures } from '#contract/import-api.ts'
import type { NumbersMapping } from '#contract/import-api.ts'
import type { RowNumbers } from './row-meaning.ts'

type Gathered = SeriesFigures & { before: [at: number, value: number] | null; lastAt: number }

/**
 * Statistics of each number column while its rows pass, so that a user can check the interpretation before writing.
 * Keeps no rows: a file may have a million.
 */
export function seriesFigures(mapping: NumbersMapping): { add(row: RowNumbers): void; figures(): SeriesFigures[] } {
  const all = mapping.values.map(({ column, name, unit, reading }): Gathered => ({
    column,
    name,
    unit,
    reading,
    count: 0,
    last: 0,
    highest: 0,
    lowest: 0,
    sum: 0,
    falls: 0,
    rises: 0,
    before: null,
    lastAt: 0,
  }))
  return {
    add({ at, values }) {
      for (const [index, one] of all.entries()) {
        const value = values[index]
        if (value === null || value === undefined) continue
        if (one.before && at !== one.before[0]) {
          // Files run forwards or backwards in time; the change of the value is counted in the direction of time.
          const step = (value - one.before[1]) * Math.sign(at - one.before[0])
          if (step < 0) one.falls += 1
          else if (step > 0) one.rises += 1
        }
        one.before = [at, value]
        if (one.count === 0 || at >= one.lastAt) {
          one.last = value
          one.lastAt = at
        }
        one.highest = one.count === 0 ? value : Math.max(one.highest, value)
        one.lowest = one.count === 0 ? value : Math.min(one.lowest, value)
        one.sum += value
        one.count += 1
      }
    },
    figures: () => all.map(({ before: _before, lastAt: _lastAt, ...figures }) => figures),
  }
}
