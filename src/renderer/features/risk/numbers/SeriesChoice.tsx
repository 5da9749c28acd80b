import type { NumberPreset } from './number-presets.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Stands for a series that the user names. */
export const OWN_SERIES = 'own'

type Named = { name: string; unit: string }

type SeriesChoiceProps = {
  known: readonly (Named & { id: string })[]
  presets: readonly (Named & Pick<NumberPreset, 'id'>)[]
  value: string
  onChange: (id: string) => void
}

/** The series that a number belongs to: one of the incident, a usual one, or one that the user names. */
export function SeriesChoice({ known, presets, value, onChange }: SeriesChoiceProps) {
  const { t } = useTranslation('risk')
  return (
    <FieldRow label={t('enter.series')}>
      {({ id }) => (
        <NativeSelect
          id={id}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={[
            ...(known.length > 0
              ? [
                  {
                    group: t('enter.known'),
                    items: known.map((one) => ({
                      value: one.id,
                      label: one.unit === '' ? one.name : t('enter.seriesUnit', { name: one.name, unit: one.unit }),
                    })),
                  },
                ]
              : []),
            {
              group: t('enter.fresh'),
              items: [
                ...presets.map((one) => ({ value: one.id, label: t('enter.seriesUnit', { name: one.name, unit: one.unit }) })),
                { value: OWN_SERIES, label: t('enter.own') },
              ],
            },
          ]}
        />
      )}
    </FieldRow>
  )
}
