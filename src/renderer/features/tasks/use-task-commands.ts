import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { TASK_FILTERS } from '#contract/task-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { ApplyPlan } from './use-apply-plan.ts'
import type { Tasks } from './use-tasks.ts'

/** Shortcuts and palette commands for the tasks of an incident. */
export function useTaskCommands(
  incident: IncidentView,
  tasks: Tasks,
  plans: ApplyPlan,
  barred: string | null,
  acts: { write(): void; enterList(): void; wide: boolean },
): void {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const section = t('title')
  useCommands([
    {
      id: 'tasks.new',
      section,
      label: t('command.new'),
      keywords: 'task add 新任务 renwu',
      shortcut: 'A',
      disabled: barred !== null,
      run: acts.write,
    },
    { id: 'tasks.list', section, label: t('command.list'), shortcut: 'T', run: acts.enterList },
    {
      id: 'tasks.wide',
      section,
      label: t(acts.wide ? 'command.room' : 'command.wide'),
      keywords: 'tasks table board 任务表',
      shortcut: 'Shift+T',
      run: () => void navigate(acts.wide ? `/incidents/${incident.id}?side=tasks` : `/incidents/${incident.id}/tasks`),
    },
    ...TASK_FILTERS.map((filter) => ({
      id: `tasks.filter-${filter}`,
      section,
      label: t('command.filter', { filter: t(`filter.${filter}`, { number: tasks.counts[filter] }) }),
      run: () => tasks.setFilter(filter),
    })),
    ...plans.offers
      .filter((offer) => offer.missing > 0)
      .map((offer) => ({
        id: `tasks.apply-${offer.plan.id}`,
        section,
        label: t('plan.act', { title: plans.titleOf(offer), count: offer.missing }),
        keywords: 'plan apply 启用预案 yuan',
        disabled: barred !== null,
        run: () => plans.apply(offer),
      })),
  ])
}
