import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import { Age } from '#ui/Age.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import type { Stage } from '#domain/incidents/incident.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClockStrip } from './ClockStrip.tsx'
import { EditableTitle } from './EditableTitle.tsx'
import { KnownFacts } from './KnownFacts.tsx'
import { useRoom } from './room-context.ts'
import styles from './IncidentHeader.module.css'

/** The first lines of the room: how bad, what, since when, who has it, how far it has spread, and what runs out next. */
export function IncidentHeader() {
  const { t } = useTranslation('timeline')
  const { incident, barred } = useRoom()
  const revise = useAct('incidents.revise')
  const [failure, setFailure] = useState<Failure | null>(null)

  const moveTo = async (stage: Stage) => {
    if (stage === incident.stage) return
    const result = await revise.act({ incidentId: incident.id, stage })
    setFailure(result.ok ? null : result.failure)
  }

  return (
    <header className={styles['header']}>
      <div className={styles['line']}>
        <div className={styles['what']}>
          <div className={styles['name']}>
            <LevelMark level={incident.level} large />
            <EditableTitle />
            {incident.mode === 'drill' && <DrillMark />}
          </div>
          <p className={styles['facts']}>
            <span>{t(`terms:status.${incident.status}`)}</span>
            <span>{t(`terms:type.${incident.type}`)}</span>
            <span>{t('head.commander', { name: incident.commanderName })}</span>
            <span>
              {t('head.since')} <Age at={incident.declaredAt} />
            </span>
            <PendingMark pending={incident.pending} />
          </p>
        </div>
        <div className={styles['stage']}>
          <StagePath stage={incident.stage} onPick={(stage) => void moveTo(stage)} disabled={barred !== null || revise.busy} />
        </div>
      </div>
      {failure && <FailureNotice failure={failure} />}
      <div className={styles['line']}>
        <ClockStrip />
        <KnownFacts />
      </div>
    </header>
  )
}
