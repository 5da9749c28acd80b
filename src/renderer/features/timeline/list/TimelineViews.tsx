import type { TimelineOutline } from '#contract/timeline-api.ts'
import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconSortAscending, IconSortDescending, IconStarFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TimelineQuery } from './timeline-query.ts'
import styles from './TimelineViews.module.css'

type ViewProps = { query: TimelineQuery; onChange(change: Partial<TimelineQuery>): void; outline: TimelineOutline | null }

/** Chooses between all entries and the highlights. */
export function StoryChoice({ query, onChange, outline }: ViewProps) {
  const { t, i18n } = useTranslation('timeline')
  const number = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString(i18n.language))
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('views.story')}
      value={query.starred ? 'story' : 'all'}
      onChange={(value) => onChange({ starred: value === 'story' })}
      data={[
        { value: 'all', label: t('views.all', { number: number(outline?.all.total) }) },
        {
          value: 'story',
          label: (
            <span className={styles['choice']}>
              <IconStarFilled size={12} aria-hidden="true" />
              {t('views.picked', { number: number(outline?.all.starred) })}
            </span>
          ),
        },
      ]}
    />
  )
}

/** Layout options of the timeline: which of its two times, by days or hours, and the direction. */
export function OrderChoices({ query, onChange, outline }: ViewProps) {
  const { t } = useTranslation('timeline')
  const direction = t(query.newestFirst ? 'filter.newestFirst' : 'filter.oldestFirst')
  const Sort = query.newestFirst ? IconSortDescending : IconSortAscending
  return (
    <div className={styles['views']} role="group" aria-label={t('views.label')}>
      <SegmentedControl
        size="xs"
        aria-label={t('views.order')}
        value={query.by}
        onChange={(value) => onChange({ by: value === 'recorded' ? 'recorded' : 'happened' })}
        data={[
          { value: 'happened', label: t('filter.byHappened') },
          { value: 'recorded', label: t('filter.byRecorded') },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('views.group')}
        value={outline?.grouping ?? query.group}
        onChange={(value) => onChange({ group: value === 'hour' ? 'hour' : 'day' })}
        data={[
          { value: 'day', label: t('views.byDay') },
          { value: 'hour', label: t('views.byHour') },
        ]}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={direction}
        title={direction}
        onClick={() => onChange({ newestFirst: !query.newestFirst })}
      >
        <Sort size={17} stroke={1.75} />
      </ActionIcon>
    </div>
  )
}
