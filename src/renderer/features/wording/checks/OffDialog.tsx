import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inDraft } from './in-draft.ts'

type Props = { message: string; onOff: (reason: string) => void; onClose: () => void }

/** Asks why a shipped rule is switched off. */
export function OffDialog({ message, onOff, onClose }: Props) {
  const { t } = useTranslation('wording-checks')
  const [reason, setReason] = useState('')
  const missing = reason.trim() === ''
  const form = useSubmit(inDraft<string>(), {
    input: missing ? null : reason.trim(),
    onDone: (given) => {
      onOff(given)
      onClose()
    },
  })
  return (
    <FormDialog title={t('off.title')} onClose={onClose} form={form} act={t('off.act')}>
      <p>{message}</p>
      <FieldRow label={t('off.reason')} hint={t('off.reasonHint')} required error={form.tried && missing ? t('off.reasonMissing') : null}>
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            aria-describedby={describedBy}
            aria-required
            data-autofocus
            minRows={2}
            maxLength={500}
            error={form.tried && missing}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </FieldRow>
    </FormDialog>
  )
}
