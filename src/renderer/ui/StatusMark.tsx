import type { IncidentStatus } from '#domain/incidents/incident.ts'
import { useTranslation } from 'react-i18next'
import classes from './StatusMark.module.css'

const SIGNS: Record<IncidentStatus, string> = { open: '◉', contained: '◐', resolved: '✔', closed: '■' }

/** The status of an incident as sign and word: open ◉, contained ◐, resolved ✔, closed ■. */
export function StatusMark({ status }: { status: IncidentStatus }) {
  const { t } = useTranslation('ui')
  return (
    <span className={classes['mark']} data-status={status}>
      <span aria-hidden="true">{SIGNS[status]}</span> {t(`terms:status.${status}`)}
    </span>
  )
}
