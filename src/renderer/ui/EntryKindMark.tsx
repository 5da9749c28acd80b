import type { EntryKind, TurningPoint } from '#domain/timeline/entry.ts'
import { classNames } from './class-names.ts'
import { useTranslation } from 'react-i18next'
import { ENTRY_ICONS } from './entry-icons.ts'
import styles from './EntryKindMark.module.css'

/** The kind of an entry as icon and word; for a turning point also which one. */
export function EntryKindMark({
  kind,
  turningPoint,
  className,
}: {
  kind: EntryKind
  turningPoint?: TurningPoint | undefined
  className?: string | undefined
}) {
  const { t } = useTranslation('timeline')
  const Icon = ENTRY_ICONS[kind]
  return (
    <span className={classNames(styles['mark'], className)} data-kind={kind}>
      <Icon size={15} stroke={1.75} aria-hidden="true" />
      <span>{turningPoint ? t(`terms:turningPoint.${turningPoint}`) : t(`terms:kind.${kind}`)}</span>
    </span>
  )
}
