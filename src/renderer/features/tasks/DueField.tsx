import { MINUTE } from '#domain/durations.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { formatExact, formatMoment } from '#ui/time/format-time.ts'
import { MomentInput } from '#ui/time/MomentInput.tsx'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { parseWhen, toWhenText } from '#ui/time/when-text.ts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './TaskForm.module.css'

const PRESETS = [30, 120, 1440] as const

/** Whether a field's text is no valid time; nothing may be saved with it. */
export function isNoTime(dueAt: number | null): boolean {
  return Number.isNaN(dueAt)
}

const textOf = (dueAt: number | null) => (dueAt === null || isNoTime(dueAt) ? '' : toWhenText(dueAt))

/** When a task is due: typed, picked, or relative to now. Empty means no due time; for invalid text see {@link isNoTime}. */
export function DueField({ value, onChange }: { value: number | null; onChange: (dueAt: number | null) => void }) {
  const { t, i18n } = useTranslation('tasks')
  const now = useNow(MINUTE)
  const [typed, setTyped] = useState({ text: textOf(value), means: value })
  // The value was set from elsewhere, by a preset or for the next task: show it.
  const text = Object.is(typed.means, value) ? typed.text : textOf(value)
  const type = (next: string) => {
    const means = next.trim() === '' ? null : (parseWhen(next, currentTime(), 'future') ?? Number.NaN)
    setTyped({ text: next, means })
    onChange(means)
  }
  const unreadable = isNoTime(value)
  return (
    <FieldRow label={t('field.due')} error={unreadable ? t('field.dueUnreadable') : null}>
      {({ id, describedBy }) => (
        <div className={styles['due']}>
          <MomentInput
            id={id}
            value={text}
            onChange={type}
            at={unreadable ? null : value}
            placeholder={t('field.dueNone')}
            invalid={unreadable}
            describedBy={describedBy}
          />
          {value !== null && !unreadable && (
            <output htmlFor={id} title={formatExact(value, i18n.language)}>
              {formatMoment(value, now, i18n.language)}
            </output>
          )}
          {PRESETS.map((minutes) => (
            <Button
              key={minutes}
              size="compact-xs"
              variant="default"
              onClick={() => onChange(Math.ceil((currentTime() + minutes * MINUTE) / MINUTE) * MINUTE)}
            >
              {t(`preset.${minutes}`)}
            </Button>
          ))}
        </div>
      )}
    </FieldRow>
  )
}
