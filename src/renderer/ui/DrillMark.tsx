import type { IncidentMode } from '#domain/incidents/incident.ts'
import { useTranslation } from 'react-i18next'
import classes from './DrillMark.module.css'

/** Says that something is a drill, or a case of the past, wherever it appears. */
export function DrillMark({ mode = 'drill' }: { mode?: Exclude<IncidentMode, 'real'> }) {
  const { t } = useTranslation('terms')
  return <span className={classes['mark']}>{t(`mode.${mode}`)}</span>
}
