import type { IncidentRisk } from '#contract/command-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { tallyClocks } from '#domain/incidents/clock-tally.ts'
import { nextClock } from '#domain/incidents/clocks.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import { Age } from '#ui/Age.tsx'
import { ClockChip } from '#ui/ClockChip.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { EvidenceLine } from '#ui/EvidenceLine.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import { StatusMark } from '#ui/StatusMark.tsx'
import { classNames } from '#ui/class-names.ts'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './IncidentTable.module.css'

type Props = { incident: IncidentView; risk: IncidentRisk | undefined; position: number }

/** One row of the incident table; the whole row is a link. */
export const IncidentTableRow = memo(function IncidentTableRow({ incident, risk, position }: Props) {
  const { t } = useTranslation('incidents')
  const clock = nextClock(incident.clocks)
  return (
    <tr className={classes['row']} aria-rowindex={position} data-closed={!isRunning(incident) || undefined}>
      <td>
        <LevelMark level={incident.level} />
      </td>
      <td>
        <span className={classes['titleCell']}>
          <Link to={`/incidents/${incident.id}`} className={classes['title']} title={incident.title}>
            {incident.title}
          </Link>
          {incident.mode !== 'real' && <DrillMark mode={incident.mode} />}
          <PendingMark pending={incident.pending} />
        </span>
        <span className={classes['under']}>
          <StatusMark status={incident.status} />
          <span className={classes['stageUnder']}>
            <StagePath stage={incident.stage} compact />
          </span>
          <span title={t('table.commander', { name: incident.commanderName })}>{incident.commanderName}</span>
        </span>
      </td>
      <td className={classes['stage']}>
        <StagePath stage={incident.stage} compact />
      </td>
      <td>{incident.status === 'closed' ? null : clock ? <ClockChip clock={clock} /> : <ClocksDone incident={incident} />}</td>
      <td>
        {risk && (
          <>
            <RiskMark grade={risk.composite} short />
            <span className={classes['suggests']}>
              <EvidenceLine evidence={risk.evidence} short />
            </span>
            {risk.offeredLevel !== null && (
              <span className={classes['suggests']}>{t('table.suggests', { level: t(`terms:level.${risk.offeredLevel}`) })}</span>
            )}
          </>
        )}
      </td>
      <td className={classNames(classes['soft'], classes['entry'])}>
        {incident.lastEntryAt === null ? t('table.noEntry') : <Age at={incident.lastEntryAt} />}
        {incident.entryCount > 0 && <span> · {t('table.entries', { count: incident.entryCount })}</span>}
      </td>
    </tr>
  )
})

/** Shown when no clock runs any more; green only if all were met in time. */
function ClocksDone({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('incidents')
  const { total, inTime, late, stopped } = tallyClocks(incident.clocks, incident.declaredAt, null)
  if (total > 0 && inTime === total) return <span className={classes['ok']}>✔ {t('table.allMet')}</span>
  return (
    <span className={classes['soft']}>
      {late > 0 ? t('table.someLate', { total, late }) : stopped > 0 ? t('table.someStopped', { total, stopped }) : t('table.noneRunning')}
    </span>
  )
}
