import { TASK_FILTERS, type TaskFilter } from '#contract/task-api.ts'
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Tasks } from './use-tasks.ts'

/** The task filters, each with its count. */
export function FilterChoice({ tasks }: { tasks: Tasks }) {
  const { t } = useTranslation('tasks')
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('filter.label')}
      value={tasks.filter}
      onChange={(value) => tasks.setFilter(value as TaskFilter)}
      data={TASK_FILTERS.map((filter) => ({ value: filter, label: t(`filter.${filter}`, { number: tasks.counts[filter] }) }))}
    />
  )
}
