import type { Grouping, TimelineGroup } from '#contract/timeline-api.ts'
import { ENTRY_KINDS, type EntryKind } from '#domain/timeline/entry.ts'
import { classNames } from '#ui/class-names.ts'
import { ENTRY_ICONS } from '#ui/entry-icons.ts'
import { formatDay, formatHours } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import styles from './GroupHeading.module.css'

/** Kinds that are emphasized in the counts, because they change the course of an incident. */
const WEIGHTY: readonly EntryKind[] = ['decision', 'turning-point']

/** The heading of a day or an hour: the time, the number of entries, and the number of each kind. */
export function GroupHeading({ group, grouping }: { group: TimelineGroup; grouping: Grouping }) {
  const { t, i18n } = useTranslation('timeline')
  return (
    <h3 className={styles['heading']}>
      {formatDay(group.at, i18n.language)}
      {grouping === 'hour' && <span>{formatHours(group.at, i18n.language)}</span>}
      <small>{t('list.count', { count: group.count, number: group.count.toLocaleString(i18n.language) })}</small>
      <span className={styles['kinds']}>
        {ENTRY_KINDS.map((kind, at) => {
          const number = group.kinds[at] ?? 0
          if (number === 0) return null
          const Icon = ENTRY_ICONS[kind]
          const words = t('list.kindCount', { kind: t(`terms:kind.${kind}`), number: number.toLocaleString(i18n.language) })
          return (
            <span key={kind} className={classNames(styles['kind'], WEIGHTY.includes(kind) && styles['weighty'])} title={words}>
              <Icon size={14} stroke={1.75} aria-hidden="true" />
              <span aria-hidden="true">{number.toLocaleString(i18n.language)}</span>
              <span className="visually-hidden">{words}</span>
            </span>
          )
        })}
      </span>
    </h3>
  )
}
