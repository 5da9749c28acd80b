import { useRead } from '#client/use-read.ts'
import { startClocks } from '#domain/incidents/clocks.ts'
import type { IncidentTypeId } from '#domain/incidents/incident-types.ts'
import type { IncidentLevel } from '#domain/incidents/incident.ts'
import { clockRulesOf } from '#domain/rules/team-rules.ts'
import { formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import classes from './ClockPreview.module.css'

/** The clocks that a declaration would start now, with their due times. */
export function ClockPreview({
  level,
  type,
  apologyDue,
}: {
  level: IncidentLevel | null
  type: IncidentTypeId | null
  apologyDue: boolean
}) {
  const { t, i18n } = useTranslation('incidents')
  const now = useNow(10_000)
  const rules = useRead('rules.get', {}).data?.rules ?? {}
  if (level === null || type === null) {
    return (
      <section className={classes['preview']}>
        <h3 className={classes['heading']}>{t('clocks.heading')}</h3>
        <p className={classes['none']}>{t('clocks.none')}</p>
      </section>
    )
  }
  const clocks = startClocks(clockRulesOf(rules, level, type, apologyDue), now)
  return (
    <section className={classes['preview']} aria-live="polite">
      <h3 className={classes['heading']}>{t('clocks.heading')}</h3>
      <ul className={classes['clocks']}>
        {clocks.map((clock) => (
          <li key={clock.id}>
            <span className={classes['name']}>{t(`terms:clock.${clock.id}`)}</span>
            <time className={classes['due']} dateTime={machineTime(clock.dueAt)}>
              {t('ui:clock.due', { time: formatMoment(clock.dueAt, now, i18n.language) })}
            </time>
            <span className={classes['meaning']}>{t(`terms:clockMeaning.${clock.id}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
