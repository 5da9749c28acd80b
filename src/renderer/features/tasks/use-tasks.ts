import { useRead, type Reading } from '#client/use-read.ts'
import type { TaskFilter, TaskSummary, TaskView } from '#contract/task-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useMemo, useState } from 'react'
import { groupByPhase, type TaskGroup } from './task-phases.ts'
import { useTaskPages, type TaskPages } from './use-task-pages.ts'

export type Tasks = {
  /** The counts, which are of all tasks. */
  reading: Reading<TaskSummary>
  phases: TaskSummary['phases']
  counts: TaskSummary['counts']
  /** The tasks that the filter shows, as far as they were read. */
  pages: TaskPages
  groups: TaskGroup[]
  /** Names offered as assignees: oneself, the roster with backups, and all team members. */
  names: string[]
  filter: TaskFilter
  setFilter(filter: TaskFilter): void
}

const NO_TASKS: TaskSummary = { phases: [], counts: { open: 0, mine: 0, overdue: 0, all: 0 } }

/** The data that every view of an incident's tasks reads. */
export function useTasks(incident: Pick<IncidentView, 'id'>): Tasks {
  const incidentId = incident.id
  const now = useNow(MINUTE)
  const [filter, setFilter] = useState<TaskFilter>('open')
  const reading = useRead('tasks.summary', { incidentId, now }, { keep: true })
  const pages = useTaskPages(incidentId, filter, now)
  const people = useRead('people.list', { incidentId }).data
  const members = useRead('workspace.members', {}).data
  const me = useRead('workspace.status', {}).data?.me ?? null
  const { phases, counts } = reading.data ?? NO_TASKS
  const groups = useMemo(() => groupByPhase(pages.rows, phases), [pages.rows, phases])
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
  return { reading, phases, counts, pages, groups, names, filter, setFilter }
}

/**
 * The open task of a list: as the list has it, or read by itself if the list does not show it, or not yet. It is always read, so that it
 * stays open, with what is typed in it, when a change takes it out of the list.
 */
export function useOpenTask(
  incidentId: string,
  rows: readonly TaskView[],
  taskId: string | null,
): { task: TaskView | null; listed: boolean } {
  const listed = rows.find((row) => row.id === taskId)
  const other = useRead('tasks.get', taskId === null ? null : { incidentId, taskId }).data
  return { task: listed ?? other ?? null, listed: listed !== undefined }
}
