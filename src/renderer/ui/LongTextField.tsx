import { FieldRow } from './FieldRow.tsx'
import { GrowingText } from './GrowingText.tsx'

type Props = {
  label: string
  hint?: string
  /** The problem with the field, shown at the field. */
  error?: string | null
  required?: boolean
  /** Whether a dialog begins with this field. */
  first?: boolean
  minRows?: number
  value: string
  onChange: (value: string) => void
}

/** The longest reason or instruction that an op carries. */
const MAX_LENGTH = 1000

/** A labelled text of a few sentences, such as the reason of an act. */
export function LongTextField({ label, hint, error = null, required = false, first = false, minRows = 1, value, onChange }: Props) {
  return (
    <FieldRow label={label} hint={hint} required={required} error={error}>
      {({ id, describedBy }) => (
        <GrowingText
          id={id}
          {...(first ? { 'data-autofocus': true } : {})}
          aria-describedby={describedBy}
          minRows={minRows}
          maxLength={MAX_LENGTH}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FieldRow>
  )
}
