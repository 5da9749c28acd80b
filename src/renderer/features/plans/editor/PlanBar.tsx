import { ActButton } from '#ui/ActButton.tsx'
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './PlanEditor.module.css'
import type { PlanDraftHold } from './use-plan-draft.ts'

type PlanBarProps = {
  hold: PlanDraftHold
  busy: boolean
  /** Why the plan cannot be saved now, or null. */
  barred: string | null
  onLeave: () => void
}

/** Save, with a note about the new version, and the ways to leave the editor. */
export function PlanBar({ hold, busy, barred, onLeave }: PlanBarProps) {
  const { t } = useTranslation('plans')
  const { draft, dirty } = hold
  return (
    <div className={styles['bar']}>
      <ActButton submit busy={busy} barred={barred} shortcut="mod+S">
        {t('editor.save', { version: draft.version + 1 })}
      </ActButton>
      <TextInput
        size="xs"
        className={styles['note'] ?? ''}
        aria-label={t('field.note')}
        placeholder={t('field.note')}
        maxLength={500}
        value={draft.note}
        onChange={(event) => hold.setNote(event.currentTarget.value)}
      />
      {dirty && (
        <ActButton
          quiet
          size="xs"
          readsOnly
          onAct={() => {
            hold.forget()
            onLeave()
          }}
        >
          {t('editor.discard')}
        </ActButton>
      )}
      <ActButton quiet size="xs" readsOnly onAct={onLeave}>
        {t(dirty ? 'editor.leaveDraft' : 'editor.leave')}
      </ActButton>
    </div>
  )
}
