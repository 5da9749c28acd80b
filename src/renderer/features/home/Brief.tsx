import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { nextClock } from '#domain/incidents/clocks.ts'
import { MaskedText } from '#features/personal'
import { Age } from '#ui/Age.tsx'
import { ClockChip } from '#ui/ClockChip.tsx'
import { DrillMark } from '#ui/DrillMark.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import { StagePath } from '#ui/StagePath.tsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Brief.module.css'

/** One incident in brief: level, stage, next clock and risk, known facts, the last public statement and decision. */
export function Brief({ incident, act }: { incident: IncidentView; act?: ReactNode }) {
  const { t } = useTranslation('home')
  const open = useRead('incidents.openPoints', { incidentId: incident.id }).data
  const risk = useRead('incidents.risks', {}).data?.find(({ incidentId }) => incidentId === incident.id)
  const clock = nextClock(incident.clocks)
  const said = open?.statements[0]
  const decided = open?.decisions[0]
  return (
    <article className={classes['brief']} aria-label={incident.title}>
      <header>
        <LevelMark level={incident.level} />
        <h2>
          <Link to={`/incidents/${incident.id}`}>{incident.title}</Link>
        </h2>
        {incident.mode !== 'real' && <DrillMark mode={incident.mode} />}
        {act}
      </header>
      <p className={classes['state']}>
        <StagePath stage={incident.stage} compact />
        {clock && <ClockChip clock={clock} />}
        {risk && <RiskMark grade={risk.composite} />}
        <span>{t('commander', { name: incident.commanderName })}</span>
      </p>
      <dl>
        <dt>{t('known')}</dt>
        <dd>{incident.known === '' ? t('knownNone') : <MaskedText text={incident.known} />}</dd>
        <dt>{t('said')}</dt>
        <dd>{open && <Line line={said} none={t('saidNone')} />}</dd>
        <dt>{t('decided')}</dt>
        <dd>{open && <Line line={decided} none={t('decidedNone')} />}</dd>
      </dl>
    </article>
  )
}

function Line({ line, none }: { line: { text: string; happenedAt: number } | undefined; none: string }) {
  if (!line) return none
  return (
    <>
      <MaskedText text={line.text} />{' '}
      <span className={classes['age']}>
        <Age at={line.happenedAt} />
      </span>
    </>
  )
}
