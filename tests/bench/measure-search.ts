import type { Benchmark, Figure } from './benchmark.ts'
import { fillDataFolder, openBareReplica, spread } from './data-folders.ts'
import { PLANTED } from './entry-texts.ts'
import { expectDone } from './expect-done.ts'
import { percentile, timeEachLater } from './percentiles.ts'

const ENTRIES = 1_000_000
const INCIDENTS = 20
const ASKED = 100
const LIMIT = 50

const QUERIES = [
  ['common, two characters', '投诉'],
  ['common, four characters', '食品安全'],
  ['rare, two characters', PLANTED.rareTwo],
  ['rare, four characters', PLANTED.rareFour],
  ['absent', '龘龘'],
  ['one character', '诉'],
  ['two common words', '投诉 道歉'],
  ['common and rare word', `投诉 ${PLANTED.rareTwo}`],
  ['beginning of a number', 'order 12345'],
] as const

/** Search over the whole replica, as the search page requests it. */
export const searchBenchmark: Benchmark = {
  name: 'search',
  about: `search.query over ${ENTRIES} entries in ${INCIDENTS} incidents, ${ASKED} times each, first ${LIMIT} hits; "in one" is a small incident`,
  async run(workshop) {
    const folder = await workshop.dataSet(
      `team-${ENTRIES}`,
      async (empty) => void (await fillDataFolder(empty, { seed: 9, entries: spread(ENTRIES, INCIDENTS) }, workshop.say)),
    )
    const replica = openBareReplica(folder)
    const query = replica.handlers['search.query']
    const incidents = expectDone(await replica.handlers['incidents.list']({})).toSorted((a, b) => a.entryCount - b.entryCount)
    const smallest = incidents[0]?.id ?? ''
    const figures: Figure[] = []
    for (const [name, text] of QUERIES) {
      for (const within of [undefined, smallest]) {
        const input = { text, limit: LIMIT, ...(within === undefined ? {} : { incidentId: within }) }
        const times = await timeEachLater(ASKED, async () => expectDone(await query(input)))
        figures.push({
          name: `${name}${within === undefined ? '' : ', in one'}, p99`,
          value: percentile(times, 0.99),
          unit: 'ms',
          more: false,
          goal: { of: 'value', limit: 50 },
        })
      }
    }
    await replica.close()
    return figures
  },
}
