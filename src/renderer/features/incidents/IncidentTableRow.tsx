import type { IncidentView } from '#contract/incident-api.ts'
import { nextClock } from '#domain/incidents/clocks.ts'
import { Age } from '#ui/Age.tsx'
import { ClockChip } from '#ui/ClockChip.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isUnderWay } from './order-of-urgency.ts'
import classes from './IncidentTable.module.css'

/** One incident of the table; the whole row leads to it. */
export function IncidentTableRow({ incident, position }: { incident: IncidentView; position: number }) {
  const { t } = useTranslation('incidents')
  const clock = nextClock(incident.clocks)
  return (
    <tr className={classes['row']} aria-rowindex={position} data-closed={!isUnderWay(incident) || undefined}>
      <td>
        <LevelMark level={incident.level} />
      </td>
      <td>
        <span className={classes['titleCell']}>
          <Link to={`/incidents/${incident.id}`} className={classes['title']} title={incident.title}>
            {incident.title}
          </Link>
          {incident.mode === 'drill' && <DrillMark />}
          <PendingMark pending={incident.pending} />
        </span>
      </td>
      <td>
        <StagePath stage={incident.stage} compact />
      </td>
      <td>{!isUnderWay(incident) ? t(`terms:status.${incident.status}`) : clock ? <ClockChip clock={clock} /> : <span className={classes['ok']}>✔ {t('table.allMet')}</span>}</td>
      <td className={classes['cut']}>{incident.commanderName}</td>
      <td className={classes['soft']}>
        {incident.lastEntryAt === null ? t('table.noEntry') : <Age at={incident.lastEntryAt} />}
        {incident.entryCount > 0 && <span> · {t('table.entries', { count: incident.entryCount })}</span>}
      </td>
    </tr>
  )
}
