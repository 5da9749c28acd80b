import { useAct } from '#client/use-act.ts'
import type { SeriesView } from '#contract/incident-api.ts'
import { SERIES_METRICS, SERIES_READINGS } from '#domain/series/series.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

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
      {open && <ReviseDialog incidentId={incidentId} series={series} onClose={() => setOpen(false)} />}
    </>
  )
}

function ReviseDialog({ incidentId, series, onClose }: { incidentId: string; series: SeriesView; onClose: () => void }) {
  const { t } = useTranslation('risk')
  const revise = useAct('risk.reviseSeries')
  const offerUndo = useUndoNotice()
  const before: What = { name: series.name, unit: series.unit, metric: series.metric, reading: series.reading }
  const [what, setWhat] = useState(before)
  const nameless = what.name.trim() === ''
  const form = useSubmit(revise, {
    input: nameless ? null : { incidentId, seriesId: series.id, ...what },
    onDone: () => {
      offerUndo(t('revise.done', { name: what.name, reading: t(`terms:reading.${what.reading}`) }), () =>
        revise.act({ incidentId, seriesId: series.id, ...before }),
      )
      onClose()
    },
  })
  return (
    <FormDialog title={t('revise.title', { name: series.name })} onClose={onClose} form={form} act={t('revise.act')} size="md">
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
      <FieldGrid>
        <FieldRow label={t('enter.name')} required error={nameless ? t('enter.nameMissing') : null}>
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
      </FieldGrid>
    </FormDialog>
  )
}
