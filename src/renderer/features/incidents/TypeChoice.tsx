import { INCIDENT_TYPES, type IncidentTypeId } from '#domain/incidents/incident-types.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './TypeChoice.module.css'

const STARS = 5

/** The incident types to choose from, each with danger stars and difficulty. */
export function TypeChoice({ value, onChange }: { value: IncidentTypeId | null; onChange: (type: IncidentTypeId) => void }) {
  const { t } = useTranslation('incidents')
  const name = useId()
  return (
    <div className={classes['list']}>
      {INCIDENT_TYPES.map((type) => (
        <label key={type.id} className={classes['type']} title={t(type.rated === 'source' ? 'type.rated' : 'type.ratedByUs')}>
          <input type="radio" name={name} value={type.id} checked={value === type.id} onChange={() => onChange(type.id)} />
          <span className={classes['head']}>
            <span className={classes['name']}>{t(`terms:type.${type.id}`)}</span>
            <span className={classes['stars']} role="img" aria-label={t('type.danger', { stars: type.danger })}>
              {'★'.repeat(type.danger)}
              <i>{'★'.repeat(STARS - type.danger)}</i>
            </span>
          </span>
          <span className={classes['example']}>{t(`terms:typeExample.${type.id}`)}</span>
          <span className={classes['meta']}>{t('type.difficulty', { difficulty: t(`terms:difficulty.${type.difficulty}`) })}</span>
        </label>
      ))}
    </div>
  )
}
