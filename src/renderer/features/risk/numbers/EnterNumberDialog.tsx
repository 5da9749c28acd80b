import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import { isShare } from '#domain/series/guess-reading.ts'
import { SERIES_METRICS, SERIES_READINGS, SeriesMetric, SeriesReading } from '#domain/series/series.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { MomentInput } from '#ui/time/MomentInput.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { parseWhen } from '#ui/time/when-text.ts'
import { useSubmit } from '#ui/use-submit.ts'
import { NativeSelect, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NUMBER_PRESETS, readNumber } from './number-presets.ts'
import styles from './EnterNumberDialog.module.css'

const OWN = 'own'

type Props = { incidentId: string; barred: string | null; onClose: () => void }

/** Adds one number by hand, to a series or a new one. It stays open for the next number. */
export function EnterNumberDialog({ incidentId, barred, onClose }: Props) {
  const { t, i18n } = useTranslation('risk')
  const known = useRead('incidents.series', { incidentId }).data ?? []
  const [chosen, setTarget] = useState('')
  const [own, setOwn] = useState({ name: '', unit: '', metric: 'spread' as SeriesMetric, reading: 'running-total' as SeriesReading })
  const [text, setText] = useState('')
  const [when, setWhen] = useState('')
  const [saved, setSaved] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)

  const presets = NUMBER_PRESETS.map((preset) => ({
    ...preset,
    name: t(`preset.${preset.id}.name`),
    unit: t(`preset.${preset.id}.unit`),
  })).filter(({ name }) => !known.some((one) => one.name === name))
  const target = chosen === '' ? (known[0]?.id ?? presets[0]?.id ?? OWN) : chosen
  const series = known.find(({ id }) => id === target)
  const preset = presets.find(({ id }) => id === target)
  const fresh = preset ? { name: preset.name, unit: preset.unit, metric: preset.metric, reading: preset.reading } : own
  const shown = series ?? fresh
  const value = readNumber(text)
  const at = when.trim() === '' ? null : (parseWhen(when, currentTime()) ?? Number.NaN)
  const whenFault = at !== null && Number.isNaN(at) ? t('timeline:composer.whenUnreadable') : null
  const wrongShare = value !== null && isShare(shown) && (value < 0 || value > 100)
  const valueFault = value === null ? t('enter.valueMissing') : wrongShare ? t('enter.shareWrong') : null
  const nameFault = !series && shown.name.trim() === '' ? t('enter.nameMissing') : null

  const form = useSubmit(useAct('risk.enterNumber'), {
    input:
      value === null || valueFault || nameFault || whenFault
        ? null
        : { incidentId, series: series ? { seriesId: series.id } : fresh, value, ...(at === null ? {} : { at }) },
    barred,
    onDone: (entered) => {
      setTarget(entered.id)
      setSaved(t('enter.saved', { name: entered.name, value: value?.toLocaleString() ?? '' }))
      // Text typed since then is kept.
      setText((now) => (now === text ? '' : now))
      field.current?.focus()
    },
  })
  const { tried } = form

  return (
    <FormDialog
      title={t('enter.title')}
      onClose={onClose}
      form={form}
      act={value === null ? t('enter.act') : t('enter.actWith', { name: shown.name, value: value.toLocaleString() })}
      beside={
        <span role="status" className={styles['saved']}>
          {saved}
        </span>
      }
      size="md"
    >
      <FieldRow label={t('enter.series')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value)}
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
                  { value: OWN, label: t('enter.own') },
                ],
              },
            ]}
          />
        )}
      </FieldRow>
      {!series && !preset && (
        <FieldGrid>
          <FieldRow label={t('enter.name')} required error={tried ? nameFault : null}>
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                maxLength={80}
                value={own.name}
                onChange={(event) => setOwn({ ...own, name: event.currentTarget.value })}
              />
            )}
          </FieldRow>
          <FieldRow label={t('enter.unit')}>
            {({ id }) => (
              <TextInput
                id={id}
                maxLength={20}
                value={own.unit}
                onChange={(event) => setOwn({ ...own, unit: event.currentTarget.value })}
              />
            )}
          </FieldRow>
          <FieldRow label={t('enter.metric')}>
            {({ id }) => (
              <NativeSelect
                id={id}
                value={own.metric}
                onChange={(event) => setOwn({ ...own, metric: SeriesMetric.catch(own.metric).parse(event.currentTarget.value) })}
                data={SERIES_METRICS.map((one) => ({ value: one, label: t(`terms:metric.${one}`) }))}
              />
            )}
          </FieldRow>
          <FieldRow label={t('enter.reading')}>
            {({ id }) => (
              <NativeSelect
                id={id}
                value={own.reading}
                onChange={(event) => setOwn({ ...own, reading: SeriesReading.catch(own.reading).parse(event.currentTarget.value) })}
                data={SERIES_READINGS.map((one) => ({ value: one, label: t(`reading.${one}`) }))}
              />
            )}
          </FieldRow>
        </FieldGrid>
      )}
      <FieldRow label={t('enter.value')} hint={t(`readingHint.${shown.reading}`)} required error={tried ? valueFault : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            ref={field}
            aria-describedby={describedBy}
            inputMode="decimal"
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            rightSection={shown.unit === '' ? null : <span className={styles['unit']}>{shown.unit}</span>}
            rightSectionWidth={56}
          />
        )}
      </FieldRow>
      <FieldRow
        label={t('enter.when')}
        hint={at === null || whenFault ? t('enter.whenHint') : formatMoment(at, currentTime(), i18n.language)}
        error={whenFault}
      >
        {({ id, describedBy }) => (
          <MomentInput
            id={id}
            value={when}
            onChange={setWhen}
            at={whenFault ? null : at}
            placeholder={t('timeline:composer.whenNow')}
            invalid={whenFault !== null}
            describedBy={describedBy}
          />
        )}
      </FieldRow>
    </FormDialog>
  )
}
