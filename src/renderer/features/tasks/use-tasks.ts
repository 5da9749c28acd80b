import { useRead, type Reading } from '#client/use-read.ts'
import type { TaskView } from '#contract/task-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useMemo, useState } from 'react'
import { showsTask, TASK_FILTERS, type TaskFilter } from './task-filter.ts'
import { groupByPhase, type TaskGroup } from './task-phases.ts'

export type Tasks = {
  reading: Reading<TaskView[]>
  tasks: TaskView[]
  groups: TaskGroup[]
  me: MemberView | null
  /** Names offered as assignees: oneself, the roster with backups, and all team members. */
  names: string[]
  filter: TaskFilter
  setFilter(filter: TaskFilter): void
  counts: Record<TaskFilter, number>
  shows(task: TaskView): boolean
}

/** The data that every view of an incident's tasks reads. */
export function useTasks(incident: Pick<IncidentView, 'id'>): Tasks {
  const incidentId = incident.id
  const reading = useRead('tasks.list', { incidentId })
  const people = useRead('people.list', { incidentId }).data
  const members = useRead('workspace.members', {}).data
  const me = useRead('workspace.status', {}).data?.me ?? null
  const now = useNow(MINUTE)
  const [filter, setFilter] = useState<TaskFilter>('open')
  const tasks = useMemo(() => reading.data ?? [], [reading.data])
  const groups = useMemo(() => groupByPhase(tasks), [tasks])
  const names = useMemo(
    () =>
      [
        ...new Set([
          me?.name ?? '',
          ...(people ?? []).flatMap((person) => [person.name, person.backup]),
          ...(members ?? []).flatMap((member) => (member.status === 'active' ? [member.name] : [])),
        ]),
      ].filter((name) => name !== ''),
    [people, members, me],
  )
  const shows = (task: TaskView, by = filter) => showsTask(by, task, me, now)
  const counts = Object.fromEntries(TASK_FILTERS.map((one) => [one, tasks.filter((task) => shows(task, one)).length])) as Record<
    TaskFilter,
    number
  >
  return { reading, tasks, groups, me, names, filter, setFilter, counts, shows: (task) => shows(task) }
}
