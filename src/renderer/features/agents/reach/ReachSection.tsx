import type { ReachRow, Standing } from '#contract/agents-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { Section } from '#ui/Page.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useGroups } from '../use-groups.ts'
import classes from './Reach.module.css'
import { ReachBar, ReachWords, TimeLeft, UrgencyMark } from './ReachMarks.tsx'
import { inOrderOfNeed, unconfirmed } from './reach.ts'
import { ReadersDrawer, type ReadersOf } from './ReadersDrawer.tsx'
import { useNudge } from './use-nudge.ts'
import { useReach, type ReachText } from './use-reach.ts'

type Props = { incidentId: string | null; addressOf: (wordingId: string) => string }

/** Whether the live texts have reached the agents: of each text and each group, with the persons and one act to remind them. */
export function ReachSection({ incidentId, addressOf }: Props) {
  const { t } = useTranslation('agents')
  const { rows, failure, readAgain } = useReach(incidentId)
  const nudge = useNudge()
  const now = useNow(60_000)
  const [open, setOpen] = useState<ReadersOf | null>(null)
  if (failure)
    return (
      <Section title={t('reach.title')}>
        <FailureNotice failure={failure} sentence={t('reach.unreachable')} onRetry={readAgain} />
      </Section>
    )
  // A team without agents has nobody to reach.
  if (!rows?.some(({ total }) => total > 0)) return null
  return (
    <Section title={t('reach.title')} aside={<span className={classes['soft']}>{t('reach.online', { count: onlineIn(rows) })}</span>}>
      {nudge.failure && <FailureNotice failure={nudge.failure} />}
      <ul className={classes['texts']}>
        {inOrderOfNeed(rows, now).map((row) => (
          <li key={row.wordingId}>
            <Guarded of={row}>
              <TextReach row={row} address={addressOf(row.wordingId)} nudge={nudge} onOpen={setOpen} />
            </Guarded>
          </li>
        ))}
      </ul>
      {open && <ReadersDrawer of={open} onClose={() => setOpen(null)} />}
    </Section>
  )
}

/** An agent whom several texts reach is online once. */
const onlineIn = (rows: readonly ReachRow[]) => Math.max(0, ...rows.map(({ online }) => online))

type TextProps = { row: ReachText; address: string; nudge: ReturnType<typeof useNudge>; onOpen: (of: ReadersOf) => void }

function TextReach({ row, address, nudge, onOpen }: TextProps) {
  const { t } = useTranslation('agents')
  const { groups, nameOf } = useGroups()
  const { wordingId, title } = row
  const open = (groupId: string | null) => (standing: Standing) => onOpen({ wordingId, title, groupId, standing })
  const groupOf = (id: string) => groups.find((one) => one.id === id) ?? null
  return (
    <>
      <div className={classes['head']}>
        <Link to={address}>{title}</Link>
        <span className={classes['soft']}>{t('reach.version', { number: row.number })}</span>
        <UrgencyMark urgency={row.urgency} />
        <TimeLeft row={row} />
      </div>
      <div className={classes['group']} data-whole="">
        <b>{t('reach.all')}</b>
        <ReachBar counts={row} />
        <ReachWords counts={row} onOpen={open(null)} />
        {unconfirmed(row) > 0 && (
          <ActButton
            quiet
            size="compact-xs"
            busy={nudge.busy}
            barred={nudge.barredFor(null)}
            onAct={() => void nudge.nudge(wordingId, null)}
          >
            {t('nudge.act', { count: unconfirmed(row) })}
          </ActButton>
        )}
      </div>
      {row.groups.length > 1 &&
        row.groups.map((group) => (
          <div key={group.groupId} className={classes['group']}>
            <span>{nameOf(group.groupId)}</span>
            <ReachBar counts={group} />
            <ReachWords counts={group} onOpen={open(group.groupId)} />
            {unconfirmed(group) > 0 && (
              <ActButton
                quiet
                size="compact-xs"
                busy={nudge.busy}
                barred={nudge.barredFor(groupOf(group.groupId))}
                onAct={() => void nudge.nudge(wordingId, group.groupId)}
              >
                {t('nudge.act', { count: unconfirmed(group) })}
                <span className="visually-hidden"> {nameOf(group.groupId)}</span>
              </ActButton>
            )}
          </div>
        ))}
    </>
  )
}
