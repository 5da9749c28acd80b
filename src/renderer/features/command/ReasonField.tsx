import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useTranslation } from 'react-i18next'

type Props = { value: string; onChange: (reason: string) => void; tried: boolean; label?: string }

/** The reason; every command dialog requires it, and it is written into the timeline. */
export function ReasonField({ value, onChange, tried, label }: Props) {
  const { t } = useTranslation('command')
  const missing = tried && value.trim() === ''
  return (
    <FieldRow label={label ?? t('reason.label')} hint={t('reason.hint')} required error={missing ? t('reason.missing') : null}>
      {({ id, describedBy }) => (
        <GrowingText
          id={id}
          aria-describedby={describedBy}
          aria-required
          data-autofocus
          minRows={2}
          maxRows={6}
          maxLength={1000}
          error={missing}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FieldRow>
  )
}
