import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { ReleaseView, WordingView } from '#contract/wording-api.ts'
import { usePermittedAct } from '#features/permissions'
import { FormDialog } from '#ui/FormDialog.tsx'
import { LongTextField } from '#ui/LongTextField.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { wording: WordingView; incident: IncidentView | undefined; live: ReleaseView; onClose: () => void }

/** Takes the revision in use back, with the reason and what to say instead. */
export function WithdrawDialog({ wording, incident, live, onClose }: Props) {
  const { t } = useTranslation('wording')
  const { incidentId, id: wordingId } = wording
  const [reason, setReason] = useState('')
  const [instead, setInstead] = useState('')
  const promises = useRead('promises.list', incidentId === null ? null : { incidentId, wordingId }).data ?? []
  const standing = promises.filter(({ state }) => state === 'open').length
  const noReason = reason.trim() === ''
  const form = useSubmit(usePermittedAct('wordings.withdraw', { incident }), {
    input: noReason ? null : { incidentId, wordingId, reason, instead },
    onDone: onClose,
  })
  return (
    <FormDialog
      title={t('withdraw.title', { title: wording.title })}
      onClose={onClose}
      form={form}
      act={t('withdraw.act', { number: live.number })}
      danger
    >
      {standing > 0 && <p>{t('promises:standing', { count: standing })}</p>}
      <LongTextField
        label={t('withdraw.reason')}
        required
        first
        error={form.tried && noReason ? t('withdraw.noReason') : null}
        value={reason}
        onChange={setReason}
      />
      <LongTextField label={t('withdraw.instead')} hint={t('withdraw.insteadHint')} minRows={2} value={instead} onChange={setInstead} />
    </FormDialog>
  )
}
