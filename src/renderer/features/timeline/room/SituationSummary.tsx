import { useRead } from '#client/use-read.ts'
import type { OpenPoints } from '#contract/command-api.ts'
import { figureTimes } from '#contract/risk-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { clockStatus } from '#domain/incidents/clocks.ts'
import { endOfClocks } from '#domain/incidents/incident.ts'
import { gradeEvidence, offeredLevel } from '#domain/risk/evidence.ts'
import { useRoom } from '#features/room'
import { Age } from '#ui/Age.tsx'
import { ClockChip } from '#ui/ClockChip.tsx'
import { EvidenceLine } from '#ui/EvidenceLine.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SideTab } from './side-tabs.ts'
import styles from './SituationSummary.module.css'

const TASKS = 4
const DECISIONS = 3
const STATEMENTS = 2

/** A summary for somebody who joins now: the risk, the next tasks, the last public statements and decisions. */
export function SituationSummary({ onShow }: { onShow: (tab: SideTab) => void }) {
  const { t, i18n } = useTranslation('timeline')
  const { incident } = useRoom()
  const incidentId = incident.id
  const now = useNow(MINUTE)
  const open = useRead('incidents.openPoints', { incidentId })
  const risk = useRead('risk.get', { incidentId })
  const tasks = (open.data?.tasks ?? []).toSorted((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY))
  const late = tasks.filter((task) => task.dueAt !== null && task.dueAt < now).length
  const assessment = risk.data?.assessment
  const evidence = gradeEvidence(assessment ?? null, figureTimes(risk.data?.origins ?? {}), now)
  const offered = offeredLevel(assessment ?? null, incident.level, evidence)
  const end = endOfClocks(incident)
  const fallen = incident.clocks.filter((clock) => ['stopped', 'overdue', 'unmet'].includes(clockStatus(clock, now, end).kind))
  return (
    <div className={styles['glance']}>
      {open.failure && <FailureNotice failure={open.failure} onRetry={open.readAgain} />}
      <section>
        <h2>
          <UnstyledButton onClick={() => onShow('risk')}>{t('glance.risk')}</UnstyledButton>
        </h2>
        {assessment ? (
          <p className={styles['risk']}>
            <RiskMark grade={assessment.composite} />
            {offered !== null && <span>{t('glance.levelSuggested', { level: t(`terms:level.${offered}`) })}</span>}
            {assessment.suggestedLevel === incident.level && (
              <span>{t('glance.levelFits', { level: t(`terms:level.${incident.level}`) })}</span>
            )}
            <EvidenceLine evidence={evidence} />
          </p>
        ) : (
          <p className={styles['none']}>{t('glance.riskNone')}</p>
        )}
      </section>
      {fallen.length > 0 && (
        <section>
          <h2>{t('glance.clocks')}</h2>
          <ul>
            {fallen.map((clock) => (
              <li key={clock.id}>
                <span className={styles['text']} title={clock.stopped?.reason}>
                  <ClockChip clock={clock} end={end} />
                  {clock.stopped && ` · ${clock.stopped.reason}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>
          <UnstyledButton onClick={() => onShow('tasks')}>{t('glance.tasks', { number: tasks.length })}</UnstyledButton>
          {late > 0 && <b className={styles['late']}>{t('glance.late', { number: late })}</b>}
        </h2>
        {tasks.length === 0 && <p className={styles['none']}>{t('glance.tasksNone')}</p>}
        <ul>
          {tasks.slice(0, TASKS).map((task) => (
            <li key={task.id}>
              <span className={styles['text']} title={task.title}>
                {task.title}
              </span>
              <span className={styles['aside']} data-late={task.dueAt !== null && task.dueAt < now ? '' : undefined}>
                {task.dueAt !== null && task.dueAt < now && <b>{t('glance.overdue')} </b>}
                {[task.owner, task.dueAt === null ? '' : formatMoment(task.dueAt, now, i18n.language)].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Lines heading={t('glance.statements')} none={t('glance.statementsNone')} lines={open.data?.statements.slice(0, STATEMENTS)} />
      <Lines heading={t('glance.decisions')} none={t('glance.decisionsNone')} lines={open.data?.decisions.slice(0, DECISIONS)} />
    </div>
  )
}

/** The newest entries of a kind, as links. */
function Lines({ heading, none, lines }: { heading: string; none: string; lines: OpenPoints['decisions'] | undefined }) {
  const { showEntry } = useRoom()
  return (
    <section>
      <h2>{heading}</h2>
      {lines?.length === 0 && <p className={styles['none']}>{none}</p>}
      <ul>
        {lines?.map((line) => (
          <li key={line.id}>
            <UnstyledButton className={styles['text']} title={line.text} onClick={() => showEntry(line.id)}>
              {line.text}
            </UnstyledButton>
            <span className={styles['aside']}>
              <Age at={line.happenedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
