import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { ImportView } from '#contract/import-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermits } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './ImportHistory.module.css'

/** The imports of an incident; each can be undone as a whole and restored. */
export function ImportHistory({ incident }: { incident: IncidentView }) {
  const incidentId = incident.id
  const { t } = useTranslation('imports')
  const imports = useRead('imports.list', { incidentId })
  if (imports.failure) return <FailureNotice failure={imports.failure} onRetry={imports.readAgain} />
  const shown = (imports.data ?? []).filter((one) => one.phase !== 'abandoned')
  if (shown.length === 0) return null
  return (
    <section className={styles['history']} aria-label={t('history.title')}>
      <h3>{t('history.title')}</h3>
      <ul>
        {shown.map((one) => (
          <ImportItem key={one.id} incident={incident} item={one} />
        ))}
      </ul>
    </section>
  )
}

function ImportItem({ incident, item }: { incident: IncidentView; item: ImportView }) {
  const { t, i18n } = useTranslation('imports')
  const { me, barredFrom } = usePermits()
  const barred = barredFrom('import.undo', { incident, own: item.startedBy === me?.id })
  const undo = useAct('imports.undo')
  const restore = useAct('imports.restore')
  const [failure, setFailure] = useState<Failure | null>(null)
  const undone = item.phase === 'undone'
  const number = (value: number) => value.toLocaleString(i18n.language)
  const turn = async () => {
    const result = await (undone ? restore : undo).act({ incidentId: incident.id, importId: item.id })
    setFailure(result.ok ? null : result.failure)
  }
  return (
    <li className={styles['item']} data-undone={undone ? '' : undefined}>
      <div>
        <b>{item.fileName}</b>
        <small>
          {item.phase === 'running' ? t('history.running') : t(`history.${item.phase}.${item.target}`, { imported: number(item.imported) })}
          {item.refused > 0 && ` · ${t('history.refused', { refused: number(item.refused) })}`} · {item.startedByName} ·{' '}
          <Age at={item.startedAt} />
        </small>
      </div>
      {item.mayUndo && (
        <ActButton quiet size="compact-xs" barred={barred} busy={undo.busy || restore.busy} onAct={() => void turn()}>
          {t(undone ? 'history.restore' : 'history.undo', { imported: number(item.imported) })}
        </ActButton>
      )}
      {failure && <FailureNotice failure={failure} />}
    </li>
  )
}
