import { ActButton } from '#ui/ActButton.tsx'
import { RiskMark } from '#ui/RiskMark.tsx'
import type { WaitingItem } from '#contract/command-api.ts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { waitingKind } from './waiting-kind.ts'

/** A risk that suggests another level; the action opens the risk page of the incident. */
export const waitingRisk = waitingKind('risk', (item) => ({
  key: 'risk',
  path: `/incidents/${item.incidentId}?side=risk`,
  what: <What item={item} />,
  act: <JudgeAct incidentId={item.incidentId} />,
}))

function What({ item }: { item: Extract<WaitingItem, { kind: 'risk' }> }) {
  const { t } = useTranslation('incidents')
  return (
    <>
      <RiskMark grade={item.composite} short /> {t('table.suggests', { level: t(`terms:level.${item.suggestedLevel}`) })}
    </>
  )
}

function JudgeAct({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('incidents')
  const navigate = useNavigate()
  return (
    <ActButton quiet readsOnly size="compact-xs" onAct={() => void navigate(`/incidents/${incidentId}/risk`)}>
      {t('waiting.act.judge')}
    </ActButton>
  )
}
