import { CommandActs, ReadersMark, StageSteps } from '#features/command'
import { FollowMark } from '#features/notices'
import { Age } from '#ui/Age.tsx'
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

/** The first lines of the room: how bad, what, since when, who has it, how far it has spread, and what runs out next. */
export function IncidentHeader() {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  return (
    <header className={styles['header']}>
      <div className={styles['line']}>
        <div className={styles['what']}>
          <div className={styles['name']}>
            <LevelMark level={incident.level} large />
            <EditableTitle />
            {incident.mode !== 'real' && <DrillMark mode={incident.mode} />}
          </div>
          <div className={styles['facts']}>
            <span>
              <StatusMark status={incident.status} />
            </span>
            <span>{t(`terms:type.${incident.type}`)}</span>
            <span>{t('head.commander', { name: incident.commanderName })}</span>
            <span>
              {t('head.since')} <Age at={incident.declaredAt} />
            </span>
            <PendingMark pending={incident.pending} />
          </div>
          <div className={styles['acts']}>
            <FollowMark incident={incident} />
            <ReadersMark incident={incident} />
            <CommandActs incident={incident} />
          </div>
        </div>
        <div className={styles['stage']}>
          <StageSteps incident={incident} />
        </div>
      </div>
      <div className={styles['state']}>
        <ClockStrip />
        <KnownFacts />
      </div>
    </header>
  )
}
