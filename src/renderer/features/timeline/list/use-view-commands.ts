import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useTranslation } from 'react-i18next'
import type { TimelineQuery } from './timeline-query.ts'

/** Shortcuts and palette commands for the views of the timeline; each label states what it will show. */
export function useViewCommands(query: TimelineQuery, onChange: (change: Partial<TimelineQuery>) => void): void {
  const { t } = useTranslation('timeline')
  const section = t('keys.section')
  useCommands([
    {
      id: 'timeline.story',
      section,
      label: t(query.starred ? 'keys.everything' : 'keys.story'),
      keywords: 'starred highlights 星标 jingxuan',
      shortcut: 'H',
      run: () => onChange({ starred: !query.starred }),
    },
    {
      id: 'timeline.order',
      section,
      label: t(query.by === 'happened' ? 'keys.byRecorded' : 'keys.byHappened'),
      shortcut: 'B',
      run: () => onChange({ by: query.by === 'happened' ? 'recorded' : 'happened' }),
    },
    {
      id: 'timeline.group',
      section,
      label: t(query.group === 'day' ? 'keys.byHour' : 'keys.byDay'),
      shortcut: 'Shift+B',
      run: () => onChange({ group: query.group === 'day' ? 'hour' : 'day' }),
    },
    {
      id: 'timeline.direction',
      section,
      label: t(query.newestFirst ? 'filter.oldestFirst' : 'filter.newestFirst'),
      run: () => onChange({ newestFirst: !query.newestFirst }),
    },
  ])
}
