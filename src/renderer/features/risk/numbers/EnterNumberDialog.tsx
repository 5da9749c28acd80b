import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import { isShare } from '#domain/series/guess-reading.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { MomentInput } from '#ui/time/MomentInput.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { parseWhen } from '#ui/time/when-text.ts'
import { useSubmit } from '#ui/use-submit.ts'
import { TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NUMBER_PRESETS, readNumber } from './number-presets.ts'
import { OwnSeriesFields, type OwnSeries } from './OwnSeriesFields.tsx'
import { OWN_SERIES, SeriesChoice } from './SeriesChoice.tsx'
import styles from './EnterNumberDialog.module.css'

type Props = { incidentId: string; barred: string | null; onClose: () => void }

/** Adds one number by hand, to a series or a new one. It stays open for the next number. */
export function EnterNumberDialog({ incidentId, barred, onClose }: Props) {
  const { t, i18n } = useTranslation('risk')
  const known = useRead('incidents.series', { incidentId }).data ?? []
  const [chosen, setTarget] = useState('')
  const [own, setOwn] = useState<OwnSeries>({ name: '', unit: '', metric: 'spread', reading: 'running-total' })
  const [text, setText] = useState('')
  const [when, setWhen] = useState('')
  const [saved, setSaved] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)

  const presets = NUMBER_PRESETS.map((preset) => ({
    ...preset,
    name: t(`preset.${preset.id}.name`),
    unit: t(`preset.${preset.id}.unit`),
  })).filter(({ name }) => !known.some((one) => one.name === name))
  const target = chosen === '' ? (known[0]?.id ?? presets[0]?.id ?? OWN_SERIES) : chosen
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
      <SeriesChoice known={known} presets={presets} value={target} onChange={setTarget} />
      {!series && !preset && <OwnSeriesFields own={own} onChange={setOwn} nameFault={tried ? nameFault : null} />}
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
