import { useRead } from '#client/use-read.ts'
import { useReadEach } from '#client/use-read-each.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { decisionsIn, type Decision } from './decisions.ts'

/** Maximum number of incidents whose tasks are read. */
const MOST_READ = 20

type Decisions = {
  decisions: Decision[]
  /** Number of incidents that are not counted, or not in full: beyond the maximum, or not readable. */
  uncounted: number
  /** True until everything has been read once. */
  reading: boolean
}

/** Open decisions in these incidents, the most urgent first; of restricted ones too, if the member may read them. */
export function useDecisions(incidents: readonly IncidentView[]): Decisions {
  const risks = useRead('incidents.risks', {})
  const refs = incidents.slice(0, MOST_READ).map(({ id }) => ({ incidentId: id }))
  const open = useReadEach('incidents.openPoints', refs)
  const people = useReadEach('people.list', refs)
  const texts = useReadEach('wordings.list', refs)
  const work = refs.flatMap(({ incidentId }, index) => {
    const tasks = open[index]?.data?.tasks
    const assigned = people[index]?.data
    return tasks && assigned ? [{ incidentId, tasks, people: assigned }] : []
  })
  const wordings = refs.flatMap(({ incidentId }, index) => {
    const rows = texts[index]?.data
    return rows ? [{ incidentId, wordings: rows }] : []
  })
  return {
    decisions: decisionsIn(incidents, risks.data ?? [], work, wordings),
    // Without the risks, no suggested level is known of any of them.
    uncounted: risks.failure !== null && risks.data === undefined ? incidents.length : incidents.length - work.length,
    reading: [risks, ...open, ...people, ...texts].some(({ loading }) => loading),
  }
}
