import { makeLibrary } from '#tests/web/console/console-texts.ts'
import { indexTexts, searchTexts } from '#web/console/search/search-texts.ts'
import type { Benchmark } from './benchmark.ts'
import { percentile, timeEach } from './percentiles.ts'

const TEXTS = 2000
const ASKED = 50
const FRAME_MS = 16

/** What agents type: characters, pinyin, initials, a mixture, typing errors, and what is nowhere. */
const QUERIES = {
  characters: '退款',
  initials: 'tk',
  pinyin: 'tuikuan',
  mixture: '退k',
  'typing error': 'tuikaunduo',
  sentence: '退款要多久',
  nothing: 'xyxyxyxy',
}

/** The time of a search in the agents' console at each keystroke. */
export const consoleBenchmark: Benchmark = {
  name: 'console-search',
  about: `a query over ${TEXTS} texts in the agents' console, ${ASKED} times each, to be done within a frame of ${FRAME_MS} ms; ratio against half as many texts, which is 2 where time grows with their number`,
  run() {
    const all = indexTexts(makeLibrary(TEXTS))
    const half = all.slice(0, TEXTS / 2)
    const median = (index: typeof all, query: string) =>
      percentile(
        timeEach(ASKED, () => void searchTexts(index, query)),
        0.5,
      )
    // Both sizes run on compiled code, so that their ratio is that of the work.
    for (const query of Object.values(QUERIES)) for (const index of [all, half]) median(index, query)
    return Promise.resolve(
      Object.entries(QUERIES).map(([name, query]) => ({
        name,
        value: median(all, query),
        unit: 'ms',
        more: false,
        baseline: { name: 'half as many', value: median(half, query) },
        goal: { of: 'value' as const, limit: FRAME_MS },
      })),
    )
  },
}
