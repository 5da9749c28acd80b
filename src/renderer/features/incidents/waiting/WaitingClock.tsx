import type { ClockState } from '#domain/incidents/clocks.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { ClockChip } from '#ui/ClockChip.tsx'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { waitingKind } from './waiting-kind.ts'

/** A clock that is due soon or overdue: the action opens its incident to choose the entry that met it. */
export const waitingClock = waitingKind('clock', ({ incidentId, clock }) => ({
  key: clock.id,
  path: `/incidents/${incidentId}`,
  what: <ClockChip clock={clock} />,
  act: <MeetAct incidentId={incidentId} clock={clock} />,
}))

function MeetAct({ incidentId, clock }: { incidentId: string; clock: ClockState }) {
  const { t } = useTranslation('incidents')
  const navigate = useNavigate()
  return (
    <ActButton quiet size="compact-xs" onAct={() => void navigate(`/incidents/${incidentId}?do=meet-${clock.id}`)}>
      {t('waiting.act.meet')}
    </ActButton>
  )
}
