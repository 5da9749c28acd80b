import { EmptyState } from '#ui/EmptyState.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DensityStrip } from '../density/DensityStrip.tsx'
import { createViewport } from '../density/viewport.ts'
import { TimelineList } from '../list/TimelineList.tsx'
import { isFiltered, type TimelineQuery } from '../list/timeline-query.ts'
import type { EntryActs } from '../list/EntryItem.tsx'
import type { TimelineWindow } from '../list/timeline-window.ts'
import type { ShownWindow } from '../list/use-timeline-window.ts'
import styles from './IncidentRoom.module.css'

type RoomTimelineProps = {
  query: TimelineQuery
  shown: ShownWindow
  acts: EntryActs
  starBarred: string | null
  /** An entry to scroll to; a new object for each request. */
  wanted: { entryId: string } | null
}

/** The list and the density strip that moves it, or why there is nothing to show. */
export function RoomTimeline({ query, shown, acts, starBarred, wanted }: RoomTimelineProps) {
  const [viewport] = useState(createViewport)
  const [jump, setJump] = useState<{ place: number; window: TimelineWindow } | null>(null)
  const { outline } = shown.snapshot
  if (outline?.total === 0) return <NothingShown query={query} noneStarred={outline.all.starred === 0} />
  return (
    <div className={styles['list']}>
      <TimelineList
        key={JSON.stringify([shown.filter, query.newestFirst])}
        window={shown.window}
        snapshot={shown.snapshot}
        filter={shown.filter}
        newestFirst={query.newestFirst}
        acts={acts}
        starBarred={starBarred}
        show={wanted}
        jump={jump}
        viewport={viewport}
      />
      <Guarded of={shown.snapshot}>
        <DensityStrip
          filter={shown.filter}
          newestFirst={query.newestFirst}
          viewport={viewport}
          onJump={(place) => setJump({ place, window: shown.window })}
        />
      </Guarded>
    </div>
  )
}

function NothingShown({ query, noneStarred }: { query: TimelineQuery; noneStarred: boolean }) {
  const { t } = useTranslation('timeline')
  if (noneStarred && query.starred) return <EmptyState title={t('empty.storyTitle')}>{t('empty.story')}</EmptyState>
  if (isFiltered(query)) return <EmptyState title={t('empty.filteredTitle')}>{t('empty.filtered')}</EmptyState>
  return <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
}
