import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { REASON_FIELD } from './grade/LevelVerdict.tsx'

/** Commands and shortcuts of the risk tab and page. */
export function useRiskCommands({
  incidentId,
  barred,
  onEnter,
  place,
}: {
  incidentId: string
  barred: string | null
  onEnter: () => void
  place: 'panel' | 'page'
}): void {
  const { t } = useTranslation('risk')
  const navigate = useNavigate()
  const section = t('keys.section')
  useCommands([
    {
      id: 'risk.enter',
      label: t('keys.enter'),
      section,
      keywords: 'number figure 数字 录入 shuzi',
      shortcut: 'V',
      disabled: barred !== null,
      run: onEnter,
    },
    {
      id: 'risk.judge',
      label: t('keys.judge'),
      section,
      keywords: 'level grade 等级 评估 pinggu',
      shortcut: 'G',
      run: () => document.getElementById(REASON_FIELD)?.focus(),
    },
    place === 'panel'
      ? {
          id: 'risk.open',
          label: t('keys.open'),
          section,
          keywords: 'risk curve 风险 曲线 fengxian',
          shortcut: 'R',
          run: () => void navigate(`/incidents/${incidentId}/risk`),
        }
      : {
          id: 'risk.back',
          label: t('keys.back'),
          section,
          shortcut: ['R', 'Escape'],
          run: () => void navigate(`/incidents/${incidentId}`),
        },
  ])
}
