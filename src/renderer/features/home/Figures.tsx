import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { nextClock } from '#domain/incidents/clocks.ts'
import { ClockChip } from '#ui/ClockChip.tsx'
import { EvidenceLine } from '#ui/EvidenceLine.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Figures.module.css'
import { useDecisions } from './use-decisions.ts'

/** Four figures: open incidents with the highest level, the next due clock, the highest risk, and the number of open decisions. */
export function Figures({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t } = useTranslation('home')
  const risks = useRead('incidents.risks', {}).data ?? []
  const next = nextClock(incidents.flatMap((incident) => incident.clocks))
  const about = next && incidents.find((incident) => incident.clocks.includes(next))
  // Among equal risks, that of the more urgent incident.
  const highest = incidents
    .flatMap(({ id, title }) => risks.filter(({ incidentId }) => incidentId === id).map((risk) => ({ ...risk, title })))
    .toSorted((one, other) => other.composite - one.composite)[0]
  const { decisions, uncounted, reading } = useDecisions(incidents)
  const below = uncounted > 0 ? t('figure.partly', { count: uncounted }) : t(decisions.length === 0 ? 'figure.nothing' : 'figure.below')
  const levels = ([1, 2, 3] as const).filter((level) => incidents.some((incident) => incident.level === level))
  return (
    <dl className={classes['figures']}>
      <Figure name={t('figure.open')} value={incidents.length}>
        {levels.map((level) => (
          <span key={level} className={classes['level']}>
            <LevelMark level={level} /> {incidents.filter((incident) => incident.level === level).length}
          </span>
        ))}
      </Figure>
      <Figure name={t('figure.next')} value={next ? <ClockChip clock={next} nameless /> : '–'}>
        {next ? `${t(`terms:clock.${next.id}`)} · ${about?.title ?? ''}` : t('figure.noClock')}
      </Figure>
      <Figure name={t('figure.risk')} value={highest ? <RiskMark grade={highest.composite} /> : '–'}>
        {highest ? (
          <>
            <EvidenceLine evidence={highest.evidence} short /> · {highest.title}
          </>
        ) : (
          t('figure.noRisk')
        )}
      </Figure>
      <Figure name={t('figure.decide')} value={reading ? '–' : decisions.length}>
        {reading ? t('figure.reading') : below}
      </Figure>
    </dl>
  )
}

function Figure({ name, value, children }: { name: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className={classes['figure']}>
      <dt>{name}</dt>
      <dd className={classes['value']}>{value}</dd>
      <dd className={classes['under']}>{children}</dd>
    </div>
  )
}
