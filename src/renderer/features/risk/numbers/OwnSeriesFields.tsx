import { SERIES_METRICS, SERIES_READINGS, SeriesMetric, SeriesReading } from '#domain/series/series.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid } from '#ui/FormDialog.tsx'
import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export type OwnSeries = { name: string; unit: string; metric: SeriesMetric; reading: SeriesReading }

type OwnSeriesFieldsProps = { own: OwnSeries; onChange: (own: OwnSeries) => void; nameFault: string | null }

/** A series that the user names: its name, its unit, and how its numbers are read. */
export function OwnSeriesFields({ own, onChange, nameFault }: OwnSeriesFieldsProps) {
  const { t } = useTranslation('risk')
  return (
    <FieldGrid>
      <FieldRow label={t('enter.name')} required error={nameFault}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            maxLength={80}
            value={own.name}
            onChange={(event) => onChange({ ...own, name: event.currentTarget.value })}
          />
        )}
      </FieldRow>
      <FieldRow label={t('enter.unit')}>
        {({ id }) => (
          <TextInput id={id} maxLength={20} value={own.unit} onChange={(event) => onChange({ ...own, unit: event.currentTarget.value })} />
        )}
      </FieldRow>
      <FieldRow label={t('enter.metric')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={own.metric}
            onChange={(event) => onChange({ ...own, metric: SeriesMetric.catch(own.metric).parse(event.currentTarget.value) })}
            data={SERIES_METRICS.map((one) => ({ value: one, label: t(`terms:metric.${one}`) }))}
          />
        )}
      </FieldRow>
      <FieldRow label={t('enter.reading')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={own.reading}
            onChange={(event) => onChange({ ...own, reading: SeriesReading.catch(own.reading).parse(event.currentTarget.value) })}
            data={SERIES_READINGS.map((one) => ({ value: one, label: t(`reading.${one}`) }))}
          />
        )}
      </FieldRow>
    </FieldGrid>
  )
}
