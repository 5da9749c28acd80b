import type { IncidentMode } from '#domain/incidents/incident.ts'
import { useTranslation } from 'react-i18next'
import classes from './DrillMark.module.css'

/** Marks a drill or a historical incident, wherever it appears. */
export function DrillMark({ mode = 'drill' }: { mode?: Exclude<IncidentMode, 'real'> }) {
  const { t } = useTranslation('terms')
  return <span className={classes['mark']}>{t(`mode.${mode}`)}</span>
}
