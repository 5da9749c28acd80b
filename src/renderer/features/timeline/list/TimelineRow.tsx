import type { EntryRow, Grouping } from '#contract/timeline-api.ts'
import type { GapRule } from '#domain/timeline/gaps.ts'
import { useRoom } from '#features/room'
import type { PersonHere } from '#features/team'
import { Guarded } from '#ui/Guarded.tsx'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryItem, type EntryActs } from './EntryItem.tsx'
import { GapMark } from './GapMark.tsx'
import { GroupHeading } from './GroupHeading.tsx'
import type { RowGroup } from './row-groups.ts'
import styles from './TimelineList.module.css'

type TimelineRowProps = {
  /** Measures the row after layout. */
  measure: Ref<HTMLDivElement>
  index: number
  total: number
  /** Undefined while its page is not read. */
  row: EntryRow | undefined
  /** The group whose heading stands above the row. */
  heading: RowGroup | undefined
  grouping: Grouping
  /** The silence before the entry, if it is long enough to be marked, in milliseconds. */
  gap: number | undefined
  gapRule: GapRule | null
  newestFirst: boolean
  byRecorded: boolean
  acts: EntryActs
  starBarred: string | null
  /** Colleagues who have the entry open. */
  colleagues: readonly PersonHere[] | undefined
  inTabOrder: boolean
  onFocus(): void
}

/** One place of the list: an entry, or a placeholder while it is read, with the heading and the gap mark that belong to it. */
export function TimelineRow(props: TimelineRowProps) {
  const { measure, index, total, row, heading, grouping, gap, gapRule, newestFirst, byRecorded, acts, starBarred, colleagues } = props
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const gapMark = gap === undefined ? null : <GapMark ms={gap} rule={gapRule} />
  return (
    <div
      ref={measure}
      data-index={index}
      className={styles['item']}
      role="article"
      aria-posinset={index + 1}
      aria-setsize={total}
      aria-label={row ? undefined : t('list.loading')}
      tabIndex={props.inTabOrder ? 0 : -1}
      onFocus={props.onFocus}
    >
      {heading && <GroupHeading group={heading} grouping={grouping} />}
      {!newestFirst && gapMark}
      {row ? (
        <Guarded of={row}>
          <EntryItem
            entry={row}
            selected={row.id === room.openEntryId}
            starBarred={starBarred}
            byRecorded={byRecorded}
            acts={acts}
            colleagues={colleagues}
          />
        </Guarded>
      ) : (
        <div className={styles['placeholder']} />
      )}
      {newestFirst && gapMark}
    </div>
  )
}
