import type { Severity } from '#domain/wording/text/checks/rule.ts'
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './Checks.module.css'

const ICONS = { block: IconAlertOctagon, warn: IconAlertTriangle, hint: IconInfoCircle } as const

/** How serious a finding is, by sign and word. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useTranslation('wording-editor')
  const Icon = ICONS[severity]
  return (
    <span className={classes['severity']} data-severity={severity}>
      <Icon size={15} aria-hidden /> {t(`severity.${severity}`)}
    </span>
  )
}
