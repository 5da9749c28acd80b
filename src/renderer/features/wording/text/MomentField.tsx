import { MINUTE } from '#domain/durations.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { MomentInput } from '#ui/time/MomentInput.tsx'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { parseWhen } from '#ui/time/when-text.ts'
import { useTranslation } from 'react-i18next'

/** The time that a field's text means: null if it is empty, NaN if it is no time ahead. */
export function momentOf(text: string): number | null {
  if (text.trim() === '') return null
  const at = parseWhen(text, currentTime(), 'future')
  return at !== null && at > currentTime() ? at : Number.NaN
}

type Props = { label: string; hint?: string; placeholder: string; text: string; onChange: (text: string) => void }

/** A time ahead, typed or picked; empty means what the placeholder says. */
export function MomentField({ label, hint, placeholder, text, onChange }: Props) {
  const { t, i18n } = useTranslation('wording')
  const now = useNow(MINUTE)
  const at = momentOf(text)
  const wrong = Number.isNaN(at)
  return (
    <FieldRow label={label} hint={hint} error={wrong ? t('noTime') : null}>
      {({ id, describedBy }) => (
        <>
          <MomentInput
            id={id}
            value={text}
            onChange={onChange}
            at={wrong ? null : at}
            placeholder={placeholder}
            invalid={wrong}
            describedBy={describedBy}
          />
          {at !== null && !wrong && <output htmlFor={id}>{formatMoment(at, now, i18n.language)}</output>}
        </>
      )}
    </FieldRow>
  )
}
