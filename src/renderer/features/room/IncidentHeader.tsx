import { CommandActs, ReadersMark, StageSteps } from '#features/command'
import { FollowMark } from '#features/notices'
import { Age } from '#ui/Age.tsx'
import { classNames } from '#ui/class-names.ts'
import { DrillMark } from '#ui/DrillMark.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { StatusMark } from '#ui/StatusMark.tsx'
import { useTranslation } from 'react-i18next'
import { ClockStrip } from './ClockStrip.tsx'
import { EditableTitle } from './EditableTitle.tsx'
import { KnownFacts } from './KnownFacts.tsx'
import { useRoom } from './room-context.ts'
import styles from './IncidentHeader.module.css'

/** The two-line header of every page of an incident: level, title, stage and commander; next clock and known facts. */
export function IncidentHeader() {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  return (
    <header className={styles['header']}>
      <div className={styles['line']}>
        <LevelMark level={incident.level} large />
        <span className={styles['status']}>
          <StatusMark status={incident.status} />
        </span>
        <div className={styles['title']}>
          <EditableTitle />
          {incident.mode !== 'real' && <DrillMark mode={incident.mode} />}
          <PendingMark pending={incident.pending} />
        </div>
        <StageSteps incident={incident} />
        <span className={styles['fact']}>{t('head.commander', { name: incident.commanderName })}</span>
        <span className={classNames(styles['fact'], styles['since'])}>
          <span className={styles['wide']}>
            {t(`terms:type.${incident.type}`)} · {t('head.since')}
          </span>
          <Age at={incident.declaredAt} />
        </span>
        <CommandActs incident={incident} />
      </div>
      <div className={styles['line']} data-state>
        <ClockStrip />
        <KnownFacts />
        <span className={styles['readers']}>
          <FollowMark incident={incident} />
          <ReadersMark incident={incident} />
        </span>
      </div>
    </header>
  )
}
