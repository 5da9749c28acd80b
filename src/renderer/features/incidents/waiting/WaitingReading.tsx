import type { ReachOfIncident } from '#features/agents'
import { useNudge } from '#features/agents'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useFailureWords } from '#ui/failure-words.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import { waitingKind } from './waiting-kind.ts'
import classes from './WaitingList.module.css'

/** A text that agents have not confirmed in time; the action reminds those who have not. */
export const waitingReading = waitingKind('reading', ({ reach }, now) => ({
  key: `reading ${reach.wordingId}`,
  path: `${reach.incidentId === null ? '' : `/incidents/${reach.incidentId}`}/wording/${reach.wordingId}`,
  what: <What reach={reach} now={now} />,
  act: <NudgeAct reach={reach} />,
}))

function What({ reach, now }: { reach: ReachOfIncident; now: number }) {
  const { t, i18n } = useTranslation('incidents')
  const count = reach.stale + reach.outstanding
  return (
    <>
      {t('waiting.unread', { title: reach.title, number: reach.number, count })}
      {reach.confirmBy !== null && (
        <span className={classes['due']} data-late="">
          {t('waiting.late', { time: formatMoment(reach.confirmBy, now, i18n.language) })}
        </span>
      )}
    </>
  )
}

function NudgeAct({ reach }: { reach: ReachOfIncident }) {
  const { t } = useTranslation('incidents')
  const barred = usePermit('agents.manage')
  const { nudge, busy, failure } = useNudge()
  const word = useFailureWords()
  return (
    <ActButton
      quiet
      size="compact-xs"
      busy={busy}
      barred={failure ? word(failure) : barred}
      onAct={() => void nudge(reach.wordingId, null)}
    >
      {t('waiting.act.nudge')}
    </ActButton>
  )
}
