import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Reach.module.css'
import { ReachBar, ReachWords, TimeLeft, UrgencyMark } from './ReachMarks.tsx'
import { ReadersDrawer, type ReadersOf } from './ReadersDrawer.tsx'
import { useReach } from './use-reach.ts'

/** How far a live text has come with the agents, in one line. */
export function ReachLine({ incidentId, wordingId }: { incidentId: string | null; wordingId: string }) {
  const { t } = useTranslation('agents')
  const { rows, failure } = useReach(incidentId)
  const [open, setOpen] = useState<ReadersOf | null>(null)
  if (failure) return <p className={classes['unknown']}>{t('reach.unknown')}</p>
  const row = rows?.find((one) => one.wordingId === wordingId)
  if (!row) return null
  return (
    <p className={classes['line']} aria-label={t('reach.title')}>
      <UrgencyMark urgency={row.urgency} />
      <ReachWords
        counts={row}
        onOpen={row.total > 0 ? (standing) => setOpen({ wordingId, title: row.title, groupId: null, standing }) : undefined}
      />
      <ReachBar counts={row} />
      <TimeLeft row={row} />
      {open && <ReadersDrawer of={open} onClose={() => setOpen(null)} />}
    </p>
  )
}
