import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './DashboardPage.module.css'
import { DASHBOARD_STATUSES, type DashboardFilterState } from './use-dashboard-filter.ts'

type Props = { filter: DashboardFilterState; onChange: (filter: DashboardFilterState) => void; shown: number; total: number }

/** The filter of the incident list, with the number shown and the total. */
export function DashboardFilter({ filter, onChange, shown, total }: Props) {
  const { t } = useTranslation('incidents')
  const text = useRef<HTMLInputElement>(null)
  useCommands([
    { id: 'dashboard.filter', section: t('dashboard.title'), label: t('filter.text'), shortcut: '/', run: () => text.current?.focus() },
  ])
  return (
    <div className={classes['filter']}>
      <SegmentedControl
        size="xs"
        aria-label={t('filter.status')}
        value={filter.status}
        onChange={(status) => onChange({ ...filter, status: status as DashboardFilterState['status'] })}
        data={DASHBOARD_STATUSES.map((status) => ({
          value: status,
          label: status === 'running' || status === 'all' ? t(`filter.${status}`) : t(`terms:status.${status}`),
        }))}
      />
      <NativeSelect
        size="xs"
        aria-label={t('filter.drills')}
        value={filter.drills}
        onChange={(event) => onChange({ ...filter, drills: event.currentTarget.value as DashboardFilterState['drills'] })}
        data={(['with', 'without', 'only'] as const).map((drills) => ({ value: drills, label: t(`filter.drills-${drills}`) }))}
      />
      <TextInput
        ref={text}
        size="xs"
        w={220}
        aria-label={t('filter.text')}
        placeholder={t('filter.text')}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <output className={classes['count']}>
        {shown === total ? t('filter.total', { count: total }) : t('filter.shown', { total, count: shown })}
      </output>
    </div>
  )
}
