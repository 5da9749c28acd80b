import { useIncidents } from '#client/use-incidents.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { DrillMark } from '#ui/DrillMark.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { StatusMark } from '#ui/StatusMark.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { likelyPartners } from './likely-partners.ts'
import type { ReadSide, Side } from './use-comparison.ts'
import styles from './IncidentChoice.module.css'

type Props = { side: Side; read: ReadSide; other: ReadSide; onChoose: (id: string | null) => void }

/** One side of the comparison: the chosen incident, or a control to choose one. */
export function IncidentChoice({ side, read, other, onChoose }: Props) {
  const { t, i18n } = useTranslation('compare')
  const now = useNow(MINUTE)
  const incidents = useIncidents().data ?? []
  const choices = incidents.filter((incident) => incident.id !== other.id)
  const wordChoice = (incident: IncidentView) =>
    `${incident.title} · ${t(`terms:level.${incident.level}`)} · ${formatMoment(incident.declaredAt, now, i18n.language)}`
  const incident = read.outline?.incident
  const name = t(`side.${side}`)
  return (
    <section className={styles['side']} data-side={side} aria-label={name}>
      <div className={styles['pick']}>
        <b className={styles['letter']} aria-hidden="true">
          {side.toUpperCase()}
        </b>
        <Select
          className={styles['select'] ?? ''}
          size="sm"
          aria-label={t('choose', { side: name })}
          placeholder={t('search')}
          searchable
          limit={60}
          nothingFoundMessage={t('nothingFound')}
          value={read.id !== null && choices.some(({ id }) => id === read.id) ? read.id : null}
          onChange={(id) => id !== null && onChoose(id)}
          data={choices.map((choice) => ({ value: choice.id, label: wordChoice(choice) }))}
        />
      </div>
      {incident && (
        <p className={styles['facts']}>
          <LevelMark level={incident.level} />
          <Link to={`/incidents/${incident.id}`} title={incident.title}>
            {t('open')}
          </Link>
          {incident.mode !== 'real' && <DrillMark mode={incident.mode} />}
          <StatusMark status={incident.status} />
          <span>{t(`terms:type.${incident.type}`)}</span>
          <span>{t('declaredAt', { when: formatMoment(incident.declaredAt, now, i18n.language) })}</span>
        </p>
      )}
      {read.failure && (
        <p className={styles['absent']} role="alert">
          {t('absent')}
        </p>
      )}
      {!incident && !read.failure && other.outline && (
        <div className={styles['likely']}>
          <p>{t('likely')}</p>
          <ul>
            {likelyPartners(other.outline.incident, incidents).map((partner) => (
              <li key={partner.id}>
                <button type="button" onClick={() => onChoose(partner.id)}>
                  <LevelMark level={partner.level} shapeOnly /> {partner.title}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
