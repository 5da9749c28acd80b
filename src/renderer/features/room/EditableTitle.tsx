import { IncidentTitle } from '#domain/incidents/incident.ts'
import { usePermittedAct } from '#features/permissions'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoom } from './room-context.ts'
import styles from './EditableTitle.module.css'

/** The incident's title; a click turns it into a field. Enter saves, Escape cancels. */
export function EditableTitle() {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  const revise = usePermittedAct('incidents.revise', { incident })
  const { barred, failure } = revise
  const [typed, setTyped] = useState<string | null>(null)

  const save = async () => {
    const title = IncidentTitle.safeParse(typed ?? '')
    if (!title.success || title.data === incident.title) return setTyped(null)
    const result = await revise.act({ incidentId: incident.id, title: title.data })
    // A rejected title stays in the field.
    if (result.ok) setTyped(null)
  }

  if (typed === null) {
    return (
      <h1 className={styles['title']}>
        <button
          type="button"
          disabled={barred !== null}
          onClick={() => setTyped(incident.title)}
          title={barred ?? `${incident.title} · ${t('head.editTitle')}`}
        >
          <span className={styles['words']}>{incident.title}</span>
          <IconPencil size={15} aria-hidden="true" />
          {barred === null && <span className="visually-hidden">{t('head.editTitle')}</span>}
        </button>
      </h1>
    )
  }
  return (
    <>
      <input
        className={styles['field']}
        autoFocus
        aria-label={t('head.title')}
        maxLength={120}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
