import type { IncidentView } from '#contract/incident-api.ts'
import { BULLETIN_LIMITS, type BulletinItem } from '#domain/bulletins/bulletin.ts'
import { usePermittedAct } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { incident: IncidentView; item: BulletinItem; onClose: () => void }

/** Keeps an approved text out of the bulletins, with the reason. */
export function HoldDialog({ incident, item: { wordingId, title }, onClose }: Props) {
  const { t } = useTranslation('bulletins')
  const [reason, setReason] = useState('')
  const missing = reason.trim() === ''
  const form = useSubmit(usePermittedAct('bulletins.hold', { incident }), {
    input: missing ? null : { incidentId: incident.id, wordingId, reason },
    onDone: onClose,
  })
  return (
    <FormDialog title={t('hold.title', { title })} onClose={onClose} form={form} act={t('hold.act')}>
      <FieldRow label={t('hold.reason')} required error={form.tried && missing ? t('hold.noReason') : null}>
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            data-autofocus
            aria-describedby={describedBy}
            maxLength={BULLETIN_LIMITS.summary}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </FieldRow>
    </FormDialog>
  )
}
