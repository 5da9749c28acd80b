import { FieldRow } from '#ui/FieldRow.tsx'
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | null
  hint?: ReactNode
  required?: boolean
  autoComplete?: string
  autoFocus?: boolean
  maxLength?: number
  placeholder?: string
  onBlur?: () => void
}

/** A labelled single-line text field. */
export function TextField({
  label,
  value,
  onChange,
  error = null,
  hint,
  required = true,
  autoComplete = 'off',
  autoFocus = false,
  maxLength = 80,
  placeholder,
  onBlur,
}: Props) {
  return (
    <FieldRow label={label} required={required} hint={hint} error={error}>
      {({ id, describedBy }) => (
        <TextInput
          id={id}
          aria-describedby={describedBy}
          aria-required={required}
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          spellCheck={false}
          error={error !== null}
          maxLength={maxLength}
          placeholder={placeholder}
          value={value}
          onBlur={onBlur}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FieldRow>
  )
}
