import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import { SERIES_METRICS, SERIES_READINGS } from '#domain/series/series.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './EnterNumberDialog.module.css'

type What = Pick<SeriesView, 'name' | 'unit' | 'metric' | 'reading'>

/** The reading of a series, as a button that changes it: fixes a wrong import without importing again. */
export function ReviseSeries({ incidentId, series, barred }: { incidentId: string; series: SeriesView; barred: string | null }) {
  const { t } = useTranslation('risk')
  const [open, setOpen] = useState(false)
  return (
    <>
      <ActButton quiet size="compact-xs" barred={barred} onAct={() => setOpen(true)}>
        {t('revise.open', { reading: t(`terms:reading.${series.reading}`) })}
      </ActButton>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('revise.title', { name: series.name })}
        closeButtonProps={{ 'aria-label': t('enter.close') }}
        size="md"
      >
        {open && <ReviseForm incidentId={incidentId} series={series} onDone={() => setOpen(false)} />}
      </Modal>
    </>
  )
}

function ReviseForm({ incidentId, series, onDone }: { incidentId: string; series: SeriesView; onDone: () => void }) {
  const { t } = useTranslation('risk')
  const { act, busy } = useAct('risk.reviseSeries')
  const offerUndo = useUndoNotice()
  const before: What = { name: series.name, unit: series.unit, metric: series.metric, reading: series.reading }
  const [what, setWhat] = useState(before)
  const [failure, setFailure] = useState<Failure | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (what.name.trim() === '') return
    const result = await act({ incidentId, seriesId: series.id, ...what })
    setFailure(result.ok ? null : result.failure)
    if (!result.ok) return
    offerUndo(t('revise.done', { name: what.name, reading: t(`terms:reading.${what.reading}`) }), () =>
      act({ incidentId, seriesId: series.id, ...before }),
    )
    onDone()
  }
  return (
    <form className={styles['form']} onSubmit={(event) => void save(event)} noValidate>
      {series.readingGuessed && <p>{t('revise.guessed')}</p>}
      <FieldRow label={t('enter.reading')} hint={t('revise.hint')}>
        {({ id, describedBy }) => (
          <NativeSelect
            id={id}
            aria-describedby={describedBy}
            data-autofocus
            value={what.reading}
            onChange={(event) =>
              setWhat({ ...what, reading: SERIES_READINGS.find((one) => one === event.currentTarget.value) ?? what.reading })
            }
            data={SERIES_READINGS.map((one) => ({ value: one, label: t(`reading.${one}`) }))}
          />
        )}
      </FieldRow>
      <FieldRow label={t('enter.metric')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={what.metric}
            onChange={(event) =>
              setWhat({ ...what, metric: SERIES_METRICS.find((one) => one === event.currentTarget.value) ?? what.metric })
            }
            data={SERIES_METRICS.map((one) => ({ value: one, label: t(`terms:metric.${one}`) }))}
          />
        )}
      </FieldRow>
      <div className={styles['own']}>
        <FieldRow label={t('enter.name')} required error={what.name.trim() === '' ? t('enter.nameMissing') : null}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              maxLength={80}
              value={what.name}
              onChange={(event) => setWhat({ ...what, name: event.currentTarget.value })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('enter.unit')}>
          {({ id }) => (
            <TextInput
              id={id}
              maxLength={20}
              value={what.unit}
              onChange={(event) => setWhat({ ...what, unit: event.currentTarget.value })}
            />
          )}
        </FieldRow>
      </div>
      {failure && <FailureNotice failure={failure} />}
      <div className={styles['end']}>
        <ActButton submit busy={busy}>
          {t('revise.act')}
        </ActButton>
      </div>
    </form>
  )
}
